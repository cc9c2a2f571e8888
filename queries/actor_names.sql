-- What are the actors with these keys called?
--
-- params:
--   actors          varchar[]       keys
-- columns: actor_key, actor, kind, country
-- grain:   actor_key
-- shell:   set variable actors = ['country:USA', 'country:RUS'];
select key as actor_key, name as actor, kind, country
from actors
where list_contains($actors::varchar[], key)
order by actor_id
