-- Who is who in the whole corpus, the analyst's corrections included.
-- Needs: unpack.sql, temporary tables `resolved` (local actors with their final keys), `merges` (key, final_key),
-- `splits` (key, alias, new_key) and `ignored` (key).

-- One row per mention that is resolved: to whom, and why.
create temp table told_of as
select m.mention_id, m.article_id, m.text, m.form, m.start_char, m.end_char,
    coalesce(g.final_key, s.new_key, r.key) as actor_key,
    case when r.rule is null or r.rule in ('', m.rule) then m.rule else m.rule || ' > ' || r.rule end as rule
from raw_mentions m
join resolved r on r.article_id = m.article_id and r.ordinal = m.actor
left join splits s on s.key = r.key and s.alias = lower(m.text)
left join merges g on g.key = coalesce(s.new_key, r.key)
join numbered n on n.article_id = m.article_id
where coalesce(g.final_key, s.new_key, r.key) not in (select key from ignored)
    and n.key || '#' || m.start_char || '-' || m.end_char not in (select key from ignored);

-- What the articles say of each actor, weighed by mentions. An actor into which others were merged keeps its own
-- name as long as it has one; one that was split off starts with what its origin has.
create temp table sayings as
select coalesce(g.final_key, r.key) as key, g.key is null as own, r.name, r.kind, r.country, r.sector,
    coalesce(a.final_key, r.affiliation_key, ga.final_key, f.key) as affiliation_key, sum(r.n_mentions) as weight
from resolved r
left join raw_actors l on l.article_id = r.article_id and l.ordinal = r.ordinal
left join resolved f on f.article_id = r.article_id and f.ordinal = l.affiliation
left join merges g on g.key = r.key
left join merges a on a.key = r.affiliation_key
left join merges ga on ga.key = f.key
group by all
union all
select coalesce(g.final_key, s.new_key), g.key is null, s.name, r.kind, r.country, r.sector, r.affiliation_key,
    sum(r.n_mentions)
from splits s
join resolved r on r.key = s.key
left join merges g on g.key = s.new_key
group by all;

create temp table persona as
select key,
    first(name order by own desc, weight desc, name) as name,
    first(kind order by own desc, weight desc, kind) as kind,
    first(country order by own desc, weight desc, country) filter (where country is not null) as country,
    first(sector order by own desc, weight desc, sector) filter (where sector is not null) as sector,
    first(affiliation_key order by own desc, weight desc, affiliation_key)
        filter (where affiliation_key <> key and affiliation_key not in (select key from ignored)) as affiliation_key
from sayings
where key not in (select key from ignored)
group by key;

-- The state or body behind an actor: up the affiliations, else the country of a person, group or office.
create temp table roots as
with recursive above as (
    select key, key as root, 0 as steps from persona
    union all
    select a.key, p.affiliation_key, a.steps + 1
    from above a
    join persona p on p.key = a.root
    where p.affiliation_key is not null and a.steps < 4)
select t.key,
    case when p.kind in ('person', 'group', 'office') and p.country is not null
        then 'country:' || p.country else t.root end as root
from (select key, arg_max(root, steps) as root from above group by key) t
left join persona p on p.key = t.root;

create temp table parties as
select p.report, p.role, p.ordinal, p.cue, p.mention_id, t.actor_key, r.root, o.key as own_key
from raw_participants p
join raw_mentions m using (mention_id)
left join resolved o on o.article_id = m.article_id and o.ordinal = m.actor
left join told_of t using (mention_id)
left join roots r on r.key = t.actor_key;
