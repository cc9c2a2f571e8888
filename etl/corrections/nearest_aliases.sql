-- Under which names does this actor stand in the texts, those most like `sought` first?
select l.alias as key, l.n_mentions || ' mentions' as name
from actor_aliases l
join actors a using (actor_id)
where a.key = $actor
order by jaro_winkler_similarity(lower(l.alias), lower($sought)) desc, l.n_mentions desc, l.alias
limit 3
