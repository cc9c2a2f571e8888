-- What merging looks at: one row per event mention.
-- Needs: cast.sql, temporary table `copies` (key, copy_of).
-- `own_sources` and `own_targets` are the actors before the analyst's corrections: they give the events their keys,
-- so that a correction of an actor leaves one of its events in force.

create temp view reports as
with sides as (
    select report,
        list(distinct actor_key order by actor_key) filter (role = 'source') as sources,
        list(distinct actor_key order by actor_key) filter (role = 'target') as targets,
        list(distinct root order by root) filter (role = 'source') as source_roots,
        list(distinct root order by root) filter (role = 'target') as target_roots
    from parties
    where actor_key is not null
    group by report),
own as (
    select report,
        list(distinct own_key order by own_key) filter (role = 'source') as own_sources,
        list(distinct own_key order by own_key) filter (role = 'target') as own_targets
    from parties
    where own_key is not null
    group by report),
-- Whom else the sentence names: a report that leaves out a side may still mention who stands there.
named as (
    select m.article_id, m.sentence_no, list(distinct r.root order by r.root) as around
    from told_of t
    join raw_mentions m using (mention_id)
    join roots r on r.key = t.actor_key
    where m.form <> 'pronoun'
    group by all)
select e.report, e.event_type, e.status, e.mode, e.trigger, e.reciprocal, e.date_start, e.date_end, e.date_basis, e.published,
    e.place.key as place_key, coalesce(s.sources, []) as sources, coalesce(s.targets, []) as targets,
    coalesce(s.source_roots, []) as source_roots, coalesce(s.target_roots, []) as target_roots,
    coalesce(o.own_sources, []) as own_sources, coalesce(o.own_targets, []) as own_targets,
    coalesce(n.around, []) as around, x.text as sentence,
    e.start_char - x.start_char as trigger_at, e.article_key, coalesce(c.copy_of, e.article_key) as text_key,
    e.publisher, e.sentence_no, e.start_char
from raw_events e
join raw_sentences x using (article_id, sentence_no)
left join sides s using (report)
left join own o using (report)
left join named n using (article_id, sentence_no)
left join copies c on c.key = e.article_key
where e.article_key || '#' || e.start_char || '-' || e.end_char not in (select key from ignored)
order by e.report;
