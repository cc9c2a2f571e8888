-- Tables that are computed from the treaty's, so that pages need not.

insert into incidence
select a.actor_id, a.event_id, a.role, o.actor_id
from event_actors a
left join event_actors o on o.event_id = a.event_id and o.actor_id <> a.actor_id and o.role <> 'claimant'
    and a.role <> 'claimant'
group by all
order by a.actor_id, a.event_id, a.role, o.actor_id;

insert into dyad_totals
select source_id, target_id, count(*)::integer, avg(score) filter (status in ('happened', 'ongoing')),
    min(coalesce(date_start, first_reported)), max(coalesce(date_end, date_start, first_reported))
from dyads
group by source_id, target_id
order by count(*) desc, source_id, target_id;

insert into mention_parties
with named as (
    select p.event_mention_id, p.role, p.ordinal, coalesce(a.name, m.text) as name
    from participants p
    join mentions m using (mention_id)
    left join actors a on a.actor_id = p.actor_id)
select e.event_mention_id, coalesce(list(n.name order by n.ordinal) filter (n.role = 'source'), []),
    coalesce(list(n.name order by n.ordinal) filter (n.role = 'target'), []),
    coalesce(list(n.name order by n.ordinal) filter (n.role = 'claimant'), [])
from event_mentions e
left join named n using (event_mention_id)
group by e.event_mention_id
order by e.event_mention_id;

insert into actor_levels
select l.level::actor_level, a.actor_id, case l.level
    when 'country' then coalesce(c.actor_id, a.actor_id)
    when 'affiliation' then coalesce(a.affiliation, a.actor_id)
    else a.actor_id end as shown_id
from actors a
left join actors c on c.key = 'country:' || a.country
cross join (values ('actor'), ('affiliation'), ('country')) l(level)
order by l.level::actor_level, a.actor_id;

-- Who acts together has no order of its own, at no level.
insert into event_pairs
with shown as (
    select s.level, d.event_id, s.shown_id as source_id, t.shown_id as target_id, d.reciprocal
    from dyads d
    join actor_levels s on s.actor_id = d.source_id
    join actor_levels t on t.actor_id = d.target_id and t.level = s.level
    where s.shown_id <> t.shown_id),
directed as (
    select distinct level, event_id, case when reciprocal then least(source_id, target_id) else source_id end as one_id,
        case when reciprocal then greatest(source_id, target_id) else target_id end as other_id
    from shown)
select *, row_number() over (
    partition by level, event_id, least(one_id, other_id), greatest(one_id, other_id) order by one_id) > 1
from directed
order by level, event_id, one_id, other_id;

insert into event_takers
select l.level, a.event_id, l.shown_id, bool_or(a.role = 'source'), bool_or(a.role = 'target')
from event_actors a
join actor_levels l using (actor_id)
where a.role <> 'claimant'
group by all
order by l.level, a.event_id, l.shown_id;

insert into event_publishers
select distinct m.event_id, a.publisher
from event_mentions m
join articles a using (article_id)
where a.publisher is not null
order by m.event_id, a.publisher;

insert into event_countries
select distinct e.event_id, a.country
from event_actors e
join actors a using (actor_id)
where e.role <> 'claimant' and a.country is not null
order by e.event_id, a.country;

insert into report_texts
select m.event_id, m.event_mention_id, lower(strip_accents(s.text))
from event_mentions m
join sentences s using (article_id, sentence_no)
order by m.event_id, m.event_mention_id;

create temp table spoken as
select distinct event_id, unnest(regexp_extract_all(text, '[\pL\pN]+')) as word from report_texts;

insert into words
select (row_number() over (order by count(*) desc, word) - 1)::integer, word
from spoken
group by word
order by count(*) desc, word;

insert into word_events
select w.word_id, s.event_id from spoken s join words w using (word) order by w.word_id, s.event_id;

drop table spoken;
