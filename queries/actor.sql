-- Who is this actor?
--
-- params:
--   actor           varchar         the actor's key
-- columns: actor_key, actor, kind, country, sector, affiliation_key, affiliation, aliases, roles,
--          n_mentions, n_articles, n_events, first_date, last_date
-- grain:   actor_key
-- shell:   set variable actor = 'country:USA';
with here as (select * from actors where key = $actor::varchar),
taken_part as (
    select count(*) as n_events, min(coalesce(date_start, first_reported)) as first_date,
        max(coalesce(date_end, date_start, first_reported)) as last_date
    from events
    where event_id in (
        select event_id from incidence join here using (actor_id) where role <> 'claimant'))
select h.key as actor_key, h.name as actor, h.kind, h.country, h.sector, f.key as affiliation_key, f.name as affiliation,
    coalesce((
        select list(alias order by n_mentions desc, alias) from actor_aliases l where l.actor_id = h.actor_id), []) as aliases,
    coalesce((select list(distinct role order by role) from actor_roles r where r.actor_id = h.actor_id), []) as roles,
    h.n_mentions, h.n_articles, n_events, first_date, last_date
from here h
cross join taken_part
left join actors f on f.actor_id = h.affiliation
