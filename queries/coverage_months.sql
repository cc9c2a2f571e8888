-- What has been read of which publisher, month by month?
--
-- Months of publication. Copies are counted apart; n_events counts events that an article of that month tells of, so
-- an event that is told in two months is counted in both. A null publisher stands for articles without one.
--
-- params:  none
-- columns: publisher, month_start, n_articles, n_copies, n_events
-- grain:   publisher, month_start
with months as (
    select article_id, publisher, copy_of, date_trunc('month', published)::date as month_start from articles),
told as (
    select a.publisher, a.month_start, count(distinct m.event_id) as n_events
    from event_mentions m
    join months a using (article_id)
    group by a.publisher, a.month_start)
select a.publisher, a.month_start, count(*) as n_articles, count(a.copy_of) as n_copies,
    coalesce(any_value(t.n_events), 0) as n_events
from months a
left join told t on t.publisher is not distinct from a.publisher and t.month_start = a.month_start
group by a.publisher, a.month_start
order by a.publisher, a.month_start
