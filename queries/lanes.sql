-- When did the single events of the busiest pairs, actors, types or places take place?
--
-- params:
--   actors          varchar[]       keys of source or target actors, any of them; null: all
--   affiliates      boolean         true: also those who belong to one of `actors`; null: no
--   between         boolean         true: from one of `actors` to another; null: no
--   partners        varchar[]       keys of those who stand on the other side of `actors`, or of anybody; null: all
--   claimants       varchar[]       keys of the actors who say so; null: anybody or nobody
--   countries       varchar[]       ISO 3166 alpha-3 codes of source or target; null: all
--   date_from       date            first day; null: no lower bound
--   date_to         date            last day, inclusive; null: no upper bound
--   by_report       boolean         true: the days bound the first report, not the event; null: no
--   undated         boolean         false: leave out events without a date; null: bound them by first report
--   types           event_type[]    PLOVER types; null: all
--   quad_classes    varchar[]       verbal or material cooperation or conflict; null: all
--   statuses        event_status[]  null: all
--   publishers      varchar[]       told by one of them; null: by anybody
--   min_publishers  integer         told by at least so many independent publishers; null: any number
--   places          varchar[]       keys of places; null: all
--   words           varchar         letters that a sentence about the event contains, case and accents aside; null: any
--   level           actor_level     'country' or 'affiliation' rolls actors up to it; null or 'actor': as in the text
--   lane            varchar         'pair', 'actor', 'type' or 'place'
--   lane_limit      bigint          lanes, the busiest first; null: all
--   row_limit       bigint          events of a lane, the newest first; null: all
-- columns: lane, lane_rank, lane_events, event_key, event_type, mode, quad_class, score, status,
--          shown_date, date_start, date_end, date_precision, sources, targets, n_mentions, n_publishers,
--          one_key, other_key
-- grain:   lane, event_key
-- shell:   set variable actors = null; set variable affiliates = null; set variable between = null;
--          set variable partners = null; set variable claimants = null; set variable countries = null;
--          set variable date_from = null; set variable date_to = null; set variable by_report = null;
--          set variable undated = null; set variable types = null; set variable quad_classes = null;
--          set variable statuses = null; set variable publishers = null; set variable min_publishers = null;
--          set variable places = null; set variable words = null; set variable level = null;
--          set variable lane = 'pair'; set variable lane_limit = 10; set variable row_limit = 50;
with recursive
-- filter: begin, the same in every query that takes these params
wanted_actors as (
    select actor_id, list_position($actors::varchar[], key) as choice
    from actors
    where list_contains($actors::varchar[], key)
    union
    select a.actor_id, w.choice
    from wanted_actors w
    join actors a on a.affiliation = w.actor_id
    where $affiliates::boolean),
actor_events as (
    select i.event_id
    from incidence i
    join wanted_actors w using (actor_id)
    where i.role <> 'claimant' and not coalesce($between::boolean, false)
    union all
    select p.event_id
    from event_pairs p
    join wanted_actors s on s.actor_id = p.source_id
    join wanted_actors t on t.actor_id = p.target_id and t.choice <> s.choice
    where p.level = 'actor' and $between::boolean),
wanted_partners as (
    select actor_id from actors where list_contains($partners::varchar[], key)
    union
    select a.actor_id
    from wanted_partners w
    join actors a on a.affiliation = w.actor_id
    where $affiliates::boolean),
partner_events as (
    select p.event_id
    from (
        select event_id, source_id as one_id, target_id as other_id from event_pairs where level = 'actor'
        union all
        select event_id, target_id, source_id from event_pairs where level = 'actor') p
    where p.other_id in (select actor_id from wanted_partners)
        and ($actors::varchar[] is null or p.one_id in (select actor_id from wanted_actors))),
claimed_events as (
    select i.event_id
    from incidence i
    join actors a using (actor_id)
    where i.role = 'claimant' and list_contains($claimants::varchar[], a.key)),
country_events as (
    select event_id from event_countries where list_contains($countries::varchar[], country)),
published_events as (
    select event_id from event_publishers where list_contains($publishers::varchar[], publisher)),
worded_events as (
    select e.event_id
    from words w
    join word_events e using (word_id)
    where regexp_full_match(lower(strip_accents($words::varchar)), '[\pL\pN]+')
        and contains(w.word, lower(strip_accents($words::varchar)))
    union all
    select event_id
    from report_texts
    where not regexp_full_match(lower(strip_accents($words::varchar)), '[\pL\pN]+')
        and contains(text, lower(strip_accents($words::varchar)))),
matching as (
    select e.*, coalesce(e.date_start, e.date_end, e.first_reported) as shown_date,
        e.date_start is not null or e.date_end is not null as dated
    from events e
    where ($types::event_type[] is null or list_contains($types::event_type[], e.event_type))
        and ($quad_classes::varchar[] is null or list_contains($quad_classes::varchar[], e.quad_class))
        and ($statuses::event_status[] is null or list_contains($statuses::event_status[], e.status))
        and ($min_publishers::integer is null or e.n_publishers >= $min_publishers::integer)
        and (coalesce($undated::boolean, true) or e.date_start is not null or e.date_end is not null)
        and ($date_from::date is null or $date_from::date <= case
            when $by_report::boolean or (e.date_start is null and e.date_end is null) then e.first_reported
            else coalesce(e.date_end, 'infinity'::date) end)
        and ($date_to::date is null or $date_to::date >= case
            when $by_report::boolean or (e.date_start is null and e.date_end is null) then e.first_reported
            else coalesce(e.date_start, '-infinity'::date) end)
        and ($places::varchar[] is null or e.place_id in (
            select place_id from places where list_contains($places::varchar[], key)))
        and ($actors::varchar[] is null or e.event_id in (select event_id from actor_events))
        and ($partners::varchar[] is null or e.event_id in (select event_id from partner_events))
        and ($claimants::varchar[] is null or e.event_id in (select event_id from claimed_events))
        and ($countries::varchar[] is null or e.event_id in (select event_id from country_events))
        and ($publishers::varchar[] is null or e.event_id in (select event_id from published_events))
        and ($words::varchar is null or e.event_id in (select event_id from worded_events))),
-- filter: end
laned as (
    select event_id, actor_id as one_id, null::integer as other_id
    from event_takers
    where $lane::varchar = 'actor' and level = coalesce($level::actor_level, 'actor')
    union all
    select event_id, least(source_id, target_id), greatest(source_id, target_id)
    from event_pairs
    where $lane::varchar = 'pair' and not mirrored and level = coalesce($level::actor_level, 'actor')
    union all
    select event_id, enum_code(event_type)::integer, null from events where $lane::varchar = 'type'
    union all
    select event_id, place_id, null from events where $lane::varchar = 'place' and place_id is not null),

counted as (
    select one_id, other_id, count(*) as lane_events
    from laned
    join matching using (event_id)
    group by one_id, other_id
    order by lane_events desc, one_id, other_id
    limit $lane_limit::bigint),
named as (
    select c.*, case $lane::varchar
            when 'type' then enum_range(null::event_type)[one_id + 1]::varchar
            when 'place' then l.name
            else a.name || coalesce(' – ' || b.name, '') end as name,
        case $lane::varchar
            when 'type' then enum_range(null::event_type)[one_id + 1]::varchar
            when 'place' then l.key
            else a.key end as one_key,
        case when $lane::varchar = 'pair' then b.key end as other_key
    from counted c
    left join actors a on a.actor_id = one_id
    left join actors b on b.actor_id = other_id
    left join places l on l.place_id = one_id),
busiest as (
    select *, row_number() over (order by lane_events desc, one_id, other_id) as lane_rank,
        -- Two of one name are two lanes.
        name || case row_number() over (partition by name order by one_id, other_id)
            when 1 then '' else ' (' || row_number() over (partition by name order by one_id, other_id) || ')' end as lane
    from named),
newest as (
    select lane, lane_rank, lane_events, one_key, other_key, m.event_id, m.shown_date
    from busiest b
    join laned l on l.one_id = b.one_id and l.other_id is not distinct from b.other_id
    join matching m using (event_id)
    qualify $row_limit::bigint is null
        or row_number() over (partition by lane_rank order by m.shown_date desc, m.event_id) <= $row_limit::bigint),
names as (
    select event_id, list(a.name order by a.actor_id) filter (role = 'source') as sources,
        list(a.name order by a.actor_id) filter (role = 'target') as targets
    from event_actors
    join actors a using (actor_id)
    where event_id in (select event_id from newest)
    group by event_id)
select lane, lane_rank, lane_events, key as event_key, event_type, mode, quad_class, score, status, shown_date, date_start,
    date_end, date_precision, coalesce(sources, []) as sources, coalesce(targets, []) as targets, n_mentions, n_publishers,
    one_key, other_key
from newest
join events using (event_id)
left join names using (event_id)
order by lane_rank, shown_date desc, event_id
