-- Which countries have actors in events, and in how many?
--
-- params:  none
-- columns: country, actor, n_actors, n_events
-- grain:   country
select a.country, any_value(s.name) as actor, count(distinct a.actor_id) as n_actors,
    count(distinct i.event_id) as n_events
from actors a
join incidence i on i.actor_id = a.actor_id and i.role <> 'claimant'
left join actors s on s.key = 'country:' || a.country
where a.country is not null
group by a.country
order by n_events desc, a.country
