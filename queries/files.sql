-- What became of these files: how many articles, and how many events do they tell of?
--
-- A file that is in no row of `articles` was turned away as a whole; `rejects` says why.
--
-- params:
--   paths           varchar[]       names of files as the database knows them; null: all files
--   row_limit       bigint          rows; null: all
-- columns: path, n_articles, n_copies, n_reports, n_events, n_rejected
-- grain:   path
-- shell:   set variable paths = null; set variable row_limit = 100;
with wanted as (
    select article_id, path, copy_of from articles where $paths::varchar[] is null or list_contains($paths::varchar[], path)),
told as (
    select path, count(*) as n_reports, count(distinct event_id) as n_events
    from event_mentions
    join wanted using (article_id)
    group by path),
given as (
    select path, count(*) as n_articles, count(copy_of) as n_copies from wanted group by path),
refused as (
    select path, count(*) as n_rejected
    from rejects
    where $paths::varchar[] is null or list_contains($paths::varchar[], path)
    group by path)
select path, coalesce(n_articles, 0) as n_articles, coalesce(n_copies, 0) as n_copies, coalesce(n_reports, 0) as n_reports,
    coalesce(n_events, 0) as n_events, coalesce(n_rejected, 0) as n_rejected
from given
full join refused using (path)
left join told using (path)
order by path
limit $row_limit::bigint
