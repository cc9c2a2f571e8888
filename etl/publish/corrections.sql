-- Each line of the corrections file with the number of rows that it changed: mentions for what is said of actors,
-- event mentions for events. Needs: tables.sql, temporary table `correction_lines`.
with changed as (
    select 'merge' as action, r.key, null as value, count(*) as n
    from raw_mentions m
    join resolved r on r.article_id = m.article_id and r.ordinal = m.actor
    join merges g on g.key = r.key
    group by r.key
    union all
    select 'split', r.key, s.alias, count(*)
    from raw_mentions m
    join resolved r on r.article_id = m.article_id and r.ordinal = m.actor
    join splits s on s.key = r.key and s.alias = lower(m.text)
    group by r.key, s.alias
    union all
    select 'rename', a.key, null, 1 from actors a join renamed using (key)
    union all
    select 'retype', a.key, null, 1 from actors a join rekinded using (key)
    union all
    select 'retype', e.key, null, e.n_mentions from events e join retyped using (key)
    union all
    select 'ignore', i.key, null, count(*) from merged m join ignored i on i.key = m.event_key group by i.key
    union all
    select 'ignore', i.key, null, count(*)
    from raw_mentions m
    join resolved r on r.article_id = m.article_id and r.ordinal = m.actor
    join ignored i on i.key = r.key
    group by i.key
    union all
    select 'ignore', i.key, null, count(*)
    from (select n.key || '#' || m.start_char || '-' || m.end_char as span
          from raw_mentions m join numbered n using (article_id)
          union all
          select article_key || '#' || start_char || '-' || end_char from raw_events) s
    join ignored i on i.key = s.span
    group by i.key)
select l.*, coalesce(sum(c.n), 0)::integer as rows_changed
from correction_lines l
left join changed c
    on c.action = l.action and c.key = l.key and coalesce(c.value, lower(l.value)) = lower(l.value)
group by all
order by l.no
