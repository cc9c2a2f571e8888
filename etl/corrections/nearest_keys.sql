-- Which keys look most like `sought`: actors by the words of their key and by their name, events by their key?
-- `but` is left out.
with plain as (
    select $sought::varchar as whole, lower(strip_accents(split_part($sought::varchar, ':', -1))) as ending),
likeness as (
    select a.key, a.name, a.n_mentions as weight,
        greatest(jaro_winkler_similarity(lower(split_part(a.key, ':', -1)), ending),
            jaro_winkler_similarity(lower(strip_accents(a.name)), replace(ending, '-', ' '))) as likeness
    from actors a, plain
    union all
    select e.key, e.event_type::varchar, e.n_mentions, 1 - levenshtein(e.key, whole) / 20
    from events e, plain
    where starts_with(whole, 'event:'))
select key, name
from likeness
where likeness >= 0.75 and key is distinct from $but::varchar
order by likeness desc, weight desc, key
limit 3
