-- Which events are these: who did what to whom, when, and how well attested?
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
--   node            varchar         key of an actor (at `level`) who is source or target; null: any
--   source          varchar         key of the source of a pair (at `level`), with `target`; null: any pair
--   target          varchar         key of its target; either way round for what both do together
--   event_keys      varchar[]       only these events; null: all
--   sort            varchar         'newest' (also null), 'oldest', 'most told', 'cooperation first' or 'conflict first'
--   row_limit       bigint          rows of a page; null: all
--   row_offset      bigint          rows to skip; null: none
-- columns: event_key, event_type, mode, quad_class, score, status, date_start, date_end, date_precision,
--          sources, targets, claimants, place, n_mentions, n_articles, n_publishers, first_reported,
--          last_reported
-- grain:   event_key
-- shell:   set variable actors = null; set variable affiliates = null; set variable between = null;
--          set variable partners = null; set variable claimants = null; set variable countries = null;
--          set variable date_from = null; set variable date_to = null; set variable by_report = null;
--          set variable undated = null; set variable types = null; set variable quad_classes = null;
--          set variable statuses = null; set variable publishers = null; set variable min_publishers = null;
--          set variable places = null; set variable words = null; set variable level = null;
--          set variable node = null; set variable source = null; set variable target = null;
--          set variable event_keys = null; set variable sort = null; set variable row_limit = 20;
--          set variable row_offset = null;
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
node_events as (
    select event_id
    from event_takers
    where level = coalesce($level::actor_level, 'actor')
        and actor_id in (select actor_id from actors where key = $node::varchar)),
pair_ends as (
    select s.actor_id as source_id, t.actor_id as target_id
    from actors s, actors t
    where s.key = $source::varchar and t.key = $target::varchar),
-- What both do together stands once, with the lower id as source.
pair_events as (
    select event_id, p.source_id = e.source_id as forth
    from event_pairs p
    join pair_ends e on (p.source_id = e.source_id and p.target_id = e.target_id)
        or (p.source_id = e.target_id and p.target_id = e.source_id)
    where level = coalesce($level::actor_level, 'actor')),
chosen as (
    select *
    from matching
    where ($node::varchar is null or event_id in (select event_id from node_events))
        and ($source::varchar is null or event_id in (select event_id from pair_events where forth)
            or (reciprocal and event_id in (select event_id from pair_events)))
        and ($event_keys::varchar[] is null or list_contains($event_keys::varchar[], key))),
page as (
    select event_id, shown_date
    from chosen
    order by case when $sort::varchar = 'most told' then n_publishers end desc,
        case when $sort::varchar = 'cooperation first' then score end desc,
        case when $sort::varchar = 'conflict first' then score end,
        case when $sort::varchar = 'oldest' then shown_date end,
        shown_date desc, event_id
    limit $row_limit::bigint offset coalesce($row_offset::bigint, 0)),
names as (
    select event_id, list(a.name order by a.actor_id) filter (role = 'source') as sources,
        list(a.name order by a.actor_id) filter (role = 'target') as targets,
        list(a.name order by a.actor_id) filter (role = 'claimant') as claimants
    from event_actors
    join actors a using (actor_id)
    where event_id in (select event_id from page)
    group by event_id)
select m.key as event_key, event_type, mode, quad_class, score, status, date_start, date_end, date_precision,
    coalesce(sources, []) as sources, coalesce(targets, []) as targets, coalesce(claimants, []) as claimants,
    l.name as place, n_mentions, n_articles, n_publishers, first_reported, last_reported
from page p
join events m using (event_id)
left join names using (event_id)
left join places l using (place_id)
order by case when $sort::varchar = 'most told' then m.n_publishers end desc,
    case when $sort::varchar = 'cooperation first' then m.score end desc,
    case when $sort::varchar = 'conflict first' then m.score end,
    case when $sort::varchar = 'oldest' then p.shown_date end,
    p.shown_date desc, m.event_id
