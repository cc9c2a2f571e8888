-- The derived tables of a generated snapshot, as publishing builds them from the treaty's tables.
insert into incidence
select a.actor_id, a.event_id, a.role, o.actor_id
from event_actors a
left join event_actors o on o.event_id = a.event_id and o.actor_id <> a.actor_id and o.role <> 'claimant'
    and a.role <> 'claimant'
order by a.actor_id, a.event_id;

insert into dyad_totals
select source_id, target_id, count(*)::integer, avg(score) filter (status in ('happened', 'ongoing')),
    min(coalesce(date_start, first_reported)), max(coalesce(date_end, date_start, first_reported))
from dyads group by source_id, target_id order by count(*) desc, source_id, target_id;

insert into mention_parties
select event_mention_id, coalesce(list(name order by ordinal) filter (role = 'source'), []),
    coalesce(list(name order by ordinal) filter (role = 'target'), []),
    coalesce(list(name order by ordinal) filter (role = 'claimant'), [])
from event_mentions m
left join (select p.*, a.name from participants p join actors a using (actor_id)) p using (event_mention_id)
group by event_mention_id order by event_mention_id;
