-- When did the single events of the busiest pairs, actors, types or places take place?
--
-- params:
--   actors          varchar[]       keys of source or target actors, any of them; null: all
--   affiliates      boolean         true: also those who belong to one of `actors`; null: no
--   between         boolean         true: at least two of `actors` in one event; null: no
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
--   level           varchar         'country' or 'affiliation' rolls actors up to it; null or 'actor': as in the text
--   lane            varchar         'pair', 'actor', 'type' or 'place'
--   lane_limit      bigint          lanes, the busiest first; null: all
--   row_limit       bigint          events of a lane, the newest first; null: all
-- columns: lane, lane_rank, lane_events, event_key, event_type, mode, quad_class, score, status,
--          shown_date, date_start, date_end, date_precision, sources, targets, n_mentions, n_publishers
-- grain:   lane, event_key
-- shell:   set variable actors = null; set variable affiliates = null; set variable between = null;
--          set variable claimants = null; set variable countries = null; set variable date_from = null;
--          set variable date_to = null; set variable by_report = null; set variable undated = null;
--          set variable types = null; set variable quad_classes = null; set variable statuses = null;
--          set variable publishers = null; set variable min_publishers = null; set variable places = null;
--          set variable words = null; set variable level = null; set variable lane = 'pair';
--          set variable lane_limit = 10; set variable row_limit = 50;
with recursive
-- filter: begin, the same in every query that takes these params
wanted_actors as (
    select actor_id, key from actors where list_contains($actors::varchar[], key)
    union
    select a.actor_id, w.key
    from wanted_actors w
    join actors a on a.affiliation = w.actor_id
    where $affiliates::boolean),
actor_events as (
    select i.event_id
    from incidence i
    join wanted_actors w using (actor_id)
    where i.role <> 'claimant'
    group by i.event_id
    having count(distinct w.key) >= case when $between::boolean then 2 else 1 end),
claimed_events as (
    select i.event_id
    from incidence i
    join actors a using (actor_id)
    where i.role = 'claimant' and list_contains($claimants::varchar[], a.key)),
country_events as (
    select i.event_id
    from incidence i
    join actors a using (actor_id)
    where i.role <> 'claimant' and list_contains($countries::varchar[], a.country)),
published_events as (
    select m.event_id
    from event_mentions m
    join articles a using (article_id)
    where list_contains($publishers::varchar[], a.publisher)),
worded_events as (
    select m.event_id
    from event_mentions m
    join sentences s using (article_id, sentence_no)
    where contains(lower(strip_accents(s.text)), lower(strip_accents($words::varchar)))),
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
        and ($claimants::varchar[] is null or e.event_id in (select event_id from claimed_events))
        and ($countries::varchar[] is null or e.event_id in (select event_id from country_events))
        and ($publishers::varchar[] is null or e.event_id in (select event_id from published_events))
        and ($words::varchar is null or e.event_id in (select event_id from worded_events))),
-- filter: end
shown_actors as (
    select a.actor_id, case $level::varchar
        when 'country' then coalesce(c.actor_id, a.actor_id)
        when 'affiliation' then coalesce(a.affiliation, a.actor_id)
        else a.actor_id end as shown_id
    from actors a
    left join actors c on c.key = 'country:' || a.country),
parts as (
    select distinct m.event_id, h.shown_id
    from matching m
    join event_actors i using (event_id)
    join shown_actors h using (actor_id)
    where i.role <> 'claimant' and $lane::varchar in ('pair', 'actor')),
laned as (
    select p.event_id, a.name as lane
    from parts p
    join actors a on a.actor_id = p.shown_id
    where $lane::varchar = 'actor'
    union all
    select p.event_id, a.name || ' – ' || b.name
    from parts p
    join parts q on q.event_id = p.event_id and p.shown_id < q.shown_id
    join actors a on a.actor_id = p.shown_id
    join actors b on b.actor_id = q.shown_id
    where $lane::varchar = 'pair'
    union all
    select event_id, event_type::varchar from matching where $lane::varchar = 'type'
    union all
    select m.event_id, l.name from matching m join places l using (place_id) where $lane::varchar = 'place'),
busiest as (
    select lane, count(*) as lane_events, row_number() over (order by count(*) desc, lane) as lane_rank
    from laned
    group by lane
    qualify $lane_limit::bigint is null or lane_rank <= $lane_limit::bigint),
newest as (
    select lane, lane_rank, lane_events, m.*
    from laned
    join busiest using (lane)
    join matching m using (event_id)
    qualify $row_limit::bigint is null
        or row_number() over (partition by lane order by m.shown_date desc, m.event_id) <= $row_limit::bigint),
names as (
    select event_id, list(a.name order by a.actor_id) filter (role = 'source') as sources,
        list(a.name order by a.actor_id) filter (role = 'target') as targets
    from event_actors
    join actors a using (actor_id)
    where event_id in (select event_id from newest)
    group by event_id)
select lane, lane_rank, lane_events, key as event_key, event_type, mode, quad_class, score, status, shown_date, date_start,
    date_end, date_precision, coalesce(sources, []) as sources, coalesce(targets, []) as targets, n_mentions, n_publishers
from newest
left join names using (event_id)
order by lane_rank, shown_date desc, event_id
