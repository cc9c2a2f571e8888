-- What has been read: how many articles of which publishers, over which days?
--
-- Reports are sentences that tell of an event; copies are counted apart and their sentences not at all. A
-- null publisher stands for articles without one.
--
-- params:  none
-- columns: publisher, n_articles, n_copies, n_sentences, n_reports, n_events, first_published,
--          last_published
-- grain:   publisher
with told as (
    select article_id, count(*) as n_reports from event_mentions group by article_id),
told_of as (
    select a.publisher, count(distinct m.event_id) as n_events
    from event_mentions m
    join articles a using (article_id)
    group by a.publisher)
select a.publisher, count(*) as n_articles, count(a.copy_of) as n_copies,
    coalesce(sum(a.n_sentences) filter (a.copy_of is null), 0)::bigint as n_sentences,
    coalesce(sum(t.n_reports), 0)::bigint as n_reports, coalesce(any_value(o.n_events), 0) as n_events,
    min(a.published) as first_published, max(a.published) as last_published
from articles a
left join told t using (article_id)
left join told_of o on o.publisher is not distinct from a.publisher
group by a.publisher
order by n_articles desc, a.publisher
