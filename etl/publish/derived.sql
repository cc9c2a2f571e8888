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
