-- Which actors have a name or alias like these letters?
--
-- Whole names come before beginnings, beginnings before the rest.
--
-- params:
--   letters         varchar         any part of a name, case and accents aside; null: the most mentioned actors
--   row_limit       bigint          rows; null: all
-- columns: actor_key, actor, kind, country, matched, n_mentions
-- grain:   actor_key
-- shell:   set variable letters = 'rus'; set variable row_limit = 10;
with names as (
    select actor_id, name as spelled, true as is_name from actors
    union all
    select actor_id, alias, false from actor_aliases),
folded as (
    select *, lower(strip_accents(spelled)) as plain, lower(strip_accents(coalesce($letters::varchar, ''))) as sought
    from names),
hits as (
    select actor_id, min(case when plain = sought then 0 when starts_with(plain, sought) then 1
            when contains(plain, ' ' || sought) then 2 else 3 end) as distance,
        arg_min(spelled, case when is_name then 0 else 1 end) as matched
    from folded
    where contains(plain, sought)
    group by actor_id)
select key as actor_key, name as actor, kind, country, matched, n_mentions
from hits
join actors using (actor_id)
order by case when $letters::varchar is null then 0 else distance end, n_mentions desc, actor_id
limit $row_limit::bigint
