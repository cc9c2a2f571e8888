-- What is in the database, as far as the filter reaches?
--
-- Articles, publishers, actors and places are those of the filter's events; copies of an article are not counted.
-- Overdue are planned events whose last day has passed by the day of the latest article, with nothing reported about
-- what became of them.
--
-- params:
--   actors          varchar[]       keys of source or target actors, any of them; null: all
--   affiliates      boolean         true: also those who belong to one of `actors`; null: no
--   between         boolean         true: from one of `actors` to another; null: no
--   partners        varchar[]       keys of those who stand on the other side of `actors`, or of anybody; null: all
--   claimants       varchar[]       keys of the actors who say so; null: anybody or nobody
--   countries       varchar[]       ISO 3166 alpha-3 codes of source or target; null: all
--   date_from       date            first day; null: no lower bound
--   date_to         date            last day, inclusive; null: no upper bound
--   by_report       boolean         true: the days bound the first report, not the event; null: no
--   undated         boolean         false: leave out events without a date; null: bound them by first report
--   types           event_type[]    PLOVER types; null: all
--   quad_classes    varchar[]       verbal or material cooperation or conflict; null: all
--   statuses        event_status[]  null: all
--   publishers      varchar[]       told by one of them; null: by anybody
--   min_publishers  integer         told by at least so many independent publishers; null: any number
--   places          varchar[]       keys of places; null: all
--   words           varchar         letters that a sentence about the event contains, case and accents aside; null: any
-- columns: n_articles, n_publishers, n_actors, n_places, n_claimed, n_single, n_overdue, last_reported
-- grain:   one row
-- shell:   set variable actors = null; set variable affiliates = null; set variable between = null;
--          set variable partners = null; set variable claimants = null; set variable countries = null;
--          set variable date_from = null; set variable date_to = null; set variable by_report = null;
--          set variable undated = null; set variable types = null; set variable quad_classes = null;
--          set variable statuses = null; set variable publishers = null; set variable min_publishers = null;
--          set variable places = null; set variable words = null;
with recursive
-- filter: begin, the same in every query that takes these params
wanted_actors as (
    select actor_id, list_position($actors::varchar[], key) as choice
    from actors
    where list_contains($actors::varchar[], key)
    union
    select a.actor_id, w.choice
    from wanted_actors w
    join actors a on a.affiliation = w.actor_id
    where $affiliates::boolean),
actor_events as (
    select i.event_id
    from incidence i
    join wanted_actors w using (actor_id)
    where i.role <> 'claimant' and not coalesce($between::boolean, false)
    union all
    select p.event_id
    from event_pairs p
    join wanted_actors s on s.actor_id = p.source_id
    join wanted_actors t on t.actor_id = p.target_id and t.choice <> s.choice
    where p.level = 'actor' and $between::boolean),
wanted_partners as (
    select actor_id from actors where list_contains($partners::varchar[], key)
    union
    select a.actor_id
    from wanted_partners w
    join actors a on a.affiliation = w.actor_id
    where $affiliates::boolean),
partner_events as (
    select p.event_id
    from (
        select event_id, source_id as one_id, target_id as other_id from event_pairs where level = 'actor'
        union all
        select event_id, target_id, source_id from event_pairs where level = 'actor') p
    where p.other_id in (select actor_id from wanted_partners)
        and ($actors::varchar[] is null or p.one_id in (select actor_id from wanted_actors))),
claimed_events as (
    select i.event_id
    from incidence i
    join actors a using (actor_id)
    where i.role = 'claimant' and list_contains($claimants::varchar[], a.key)),
country_events as (
    select event_id from event_countries where list_contains($countries::varchar[], country)),
published_events as (
    select event_id from event_publishers where list_contains($publishers::varchar[], publisher)),
worded_events as (
    select e.event_id
    from words w
    join word_events e using (word_id)
    where regexp_full_match(lower(strip_accents($words::varchar)), '[\pL\pN]+')
        and contains(w.word, lower(strip_accents($words::varchar)))
    union all
    select event_id
    from report_texts
    where not regexp_full_match(lower(strip_accents($words::varchar)), '[\pL\pN]+')
        and contains(text, lower(strip_accents($words::varchar)))),
matching as (
    select e.*, coalesce(e.date_start, e.date_end, e.first_reported) as shown_date,
        e.date_start is not null or e.date_end is not null as dated
    from events e
    where ($types::event_type[] is null or list_contains($types::event_type[], e.event_type))
        and ($quad_classes::varchar[] is null or list_contains($quad_classes::varchar[], e.quad_class))
        and ($statuses::event_status[] is null or list_contains($statuses::event_status[], e.status))
        and ($min_publishers::integer is null or e.n_publishers >= $min_publishers::integer)
        and (coalesce($undated::boolean, true) or e.date_start is not null or e.date_end is not null)
        and ($date_from::date is null or $date_from::date <= case
            when $by_report::boolean or (e.date_start is null and e.date_end is null) then e.first_reported
            else coalesce(e.date_end, 'infinity'::date) end)
        and ($date_to::date is null or $date_to::date >= case
            when $by_report::boolean or (e.date_start is null and e.date_end is null) then e.first_reported
            else coalesce(e.date_start, '-infinity'::date) end)
        and ($places::varchar[] is null or e.place_id in (
            select place_id from places where list_contains($places::varchar[], key)))
        and ($actors::varchar[] is null or e.event_id in (select event_id from actor_events))
        and ($partners::varchar[] is null or e.event_id in (select event_id from partner_events))
        and ($claimants::varchar[] is null or e.event_id in (select event_id from claimed_events))
        and ($countries::varchar[] is null or e.event_id in (select event_id from country_events))
        and ($publishers::varchar[] is null or e.event_id in (select event_id from published_events))
        and ($words::varchar is null or e.event_id in (select event_id from worded_events))),
-- filter: end
chosen as (select event_id from matching),
told as (
    select count(distinct article_id) as n_articles
    from event_mentions
    where event_id in (from chosen)),
printed as (
    select count(distinct publisher) as n_publishers
    from event_publishers
    where event_id in (from chosen)),
acting as (
    select count(distinct actor_id) as n_actors
    from event_takers
    where level = 'actor' and event_id in (from chosen)),
claimed as (
    select count(distinct event_id) as n_claimed
    from event_actors
    where role = 'claimant' and event_id in (from chosen)),
answered as (select other_id as event_id from event_links where relation in ('fulfils', 'cancels', 'denies')),
held as (
    select count(distinct place_id) as n_places, count(*) filter (n_publishers = 1) as n_single,
        count(*) filter (status = 'planned' and coalesce(date_end, date_start) < (select max(published) from articles)
            and event_id not in (from answered)) as n_overdue,
        max(last_reported) as last_reported
    from matching)
select n_articles, n_publishers, n_actors, n_places, n_claimed, n_single, n_overdue, last_reported
from told, printed, acting, claimed, held
