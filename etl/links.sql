-- What became of it: fills event_links from the events of the snapshot being built.
--
-- fulfils    an act that was done answers an earlier report that it was planned
-- cancels    a refusal, or a report that it did not take place, answers an earlier plan
-- denies     a report that it did not happen stands against a report that it did
-- continues  the same act between the same actors goes on from one day to one of the next three
--
-- Two events meet where they share a pair of actors, counted by the states or bodies behind them; what is denied or
-- goes on was done by the same one to the other. One answer per plan is kept: the one with most actors in common, then
-- the nearest day. `confidence` starts from 0.5 and grows with what agrees; the parts stand in `rule`.

insert into event_links
with actor_roots as (
    select a.actor_id, coalesce(a.country, b.country, b.key, a.key) as root
    from actors a
    left join actors b on b.actor_id = a.affiliation),

members as (
    select p.event_id, p.actor_id, p.role, r.root
    from event_actors p
    join actor_roots r using (actor_id)
    where p.role in ('source', 'target')),

pairs as (
    select distinct m.event_id, least(m.root, n.root) as one, greatest(m.root, n.root) as other, m.root as acting
    from members m
    join members n on n.event_id = m.event_id and n.actor_id <> m.actor_id and n.root <> m.root
    join events e on e.event_id = m.event_id
    where m.role = 'source' and (n.role = 'target' or e.reciprocal)),

dated as (
    select
        event_id, key, event_type, mode, status, first_reported, date_start, date_end,
        coalesce(date_start, first_reported) as day, p.one, p.other, p.acting
    from events
    join pairs p using (event_id)),

plans as (from dated where status = 'planned'),
done as (from dated where status in ('happened', 'ongoing')),
undone as (from dated where status = 'negated'),

-- A planned visit, gift or signing is coded as AGREE; what fulfils it has its own type.
fulfilled as (
    select
        d.event_id, p.event_id as other_id, 'fulfils' as relation,
        p.date_start is not null as on_day, abs(date_diff('day', coalesce(p.date_start, p.first_reported), d.day)) as gap
    from plans p
    join done d
        on d.one = p.one and d.other = p.other
        and d.first_reported >= p.first_reported and d.event_id <> p.event_id
        and case
            when p.date_start is not null
                then d.day between p.date_start - 1 and coalesce(p.date_end, p.date_start) + 1
            else d.day between p.first_reported and p.first_reported + 30 end
    where d.event_type = p.event_type
        or p.event_type = 'AGREE' and d.event_type in ('CONSULT', 'COOPERATE', 'AID', 'SUPPORT', 'RETREAT')),

cancelled as (
    select u.event_id, p.event_id, 'cancels', false, date_diff('day', p.first_reported, u.first_reported)
    from plans p
    join (from undone union all from done where event_type = 'REJECT') u
        on u.one = p.one and u.other = p.other
        and u.first_reported between p.first_reported and p.first_reported + 30
    where u.event_type = p.event_type
        or p.event_type = 'AGREE' and u.event_type in ('CONSULT', 'COOPERATE', 'AID', 'SUPPORT')
        or u.event_type = 'REJECT' and u.mode = 'meet' and p.event_type in ('AGREE', 'CONSULT')),

denied as (
    select u.event_id, d.event_id, 'denies', u.date_start = d.date_start, abs(date_diff('day', d.day, u.day))
    from undone u
    join done d
        on d.one = u.one and d.other = u.other and d.acting = u.acting and d.event_type = u.event_type
        and u.day between d.day - 3 and d.day + 14
        and u.first_reported between d.first_reported - 3 and d.first_reported + 14),

continued as (
    select l.event_id, e.event_id, 'continues', true, date_diff('day', e.day, l.day)
    from done e
    join done l
        on l.one = e.one and l.other = e.other and l.acting = e.acting and l.event_type = e.event_type
        and coalesce(l.mode, '') = coalesce(e.mode, '') and l.day between e.day + 1 and e.day + 3
    where l.event_type in ('CONSULT', 'PROTEST', 'ASSAULT', 'MOBILIZE', 'COOPERATE')),

candidates as (
    from fulfilled
    union all from cancelled
    union all from denied
    union all from continued),

weighed as (
    select
        c.*, (
            select count(distinct m.actor_id)
            from members m
            join members n on n.actor_id = m.actor_id and n.event_id = c.other_id
            where m.event_id = c.event_id) as shared
    from (select distinct * from candidates) c),

best as (
    from weighed
    qualify row_number() over (
        partition by other_id, relation
        order by shared desc, gap, (select key from events e where e.event_id = weighed.event_id)) = 1)

select
    event_id, other_id, relation,
    0.5 + 0.15 * least(shared, 2) + case when on_day then 0.15 else 0 end as confidence,
    concat_ws('+', case when shared > 0 then 'actors' else 'affiliations' end,
        case when on_day then 'day' else 'window' end) as rule
from best
order by event_id, other_id, relation;
