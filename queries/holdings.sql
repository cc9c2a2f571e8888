-- What is in the whole database?
--
-- The numbers of `overview` without a filter, counted without looking for the events of one.
--
-- params:  none
-- columns: n_articles, n_publishers, n_actors, n_places, n_claimed, n_single, n_overdue, last_reported
-- grain:   one row
with answered as (select other_id as event_id from event_links where relation in ('fulfils', 'cancels', 'denies')),
held as (
    select count(distinct place_id) as n_places, count(*) filter (n_publishers = 1) as n_single,
        count(*) filter (status = 'planned' and coalesce(date_end, date_start) < (select max(published) from articles)
            and event_id not in (from answered)) as n_overdue,
        max(last_reported) as last_reported
    from events)
select (select count(distinct article_id) from event_mentions) as n_articles,
    (select count(distinct publisher) from event_publishers) as n_publishers,
    (select count(distinct actor_id) from event_takers where level = 'actor') as n_actors, n_places,
    (select count(distinct event_id) from event_actors where role = 'claimant') as n_claimed, n_single, n_overdue,
    last_reported
from held
