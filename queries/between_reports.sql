-- Which sentences tell what these two did to each other?
--
-- Sides and directions are those of `between`; newest events first.
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
--   one             varchar         key of the actor on one side
--   other           varchar         key of the actor on the other side
--   direction       varchar         'out', 'back' or 'together'; null: all
--   row_limit       bigint          rows; null: all
-- columns: evidence_no, event_key, direction, event_type, mode, status, date_start, date_end, sources,
--          targets, claimants, sentence, article_key, sentence_no, title, publisher, published, url
-- grain:   evidence_no
-- shell:   set variable actors = null; set variable affiliates = null; set variable between = null;
--          set variable claimants = null; set variable countries = null; set variable date_from = null;
--          set variable date_to = null; set variable by_report = null; set variable undated = null;
--          set variable types = null; set variable quad_classes = null; set variable statuses = null;
--          set variable publishers = null; set variable min_publishers = null; set variable places = null;
--          set variable words = null; set variable one = (select source_key from dyads limit 1);
--          set variable other = (select target_key from dyads limit 1); set variable direction = null;
--          set variable row_limit = 20;
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
members as (
    select actor_id, key as side from actors where key in ($one::varchar, $other::varchar)
    union
    select a.actor_id, m.side
    from members m
    join actors a on a.affiliation = m.actor_id
    where $affiliates::boolean and a.key not in ($one::varchar, $other::varchar)),
acts as (
    select i.event_id, bool_or(i.role = 'source' and m.side = $one::varchar) as one_acts,
        bool_or(i.role = 'source' and m.side = $other::varchar) as other_acts
    from incidence i
    join members m using (actor_id)
    where i.role <> 'claimant'
    group by i.event_id
    having bool_or(m.side = $one::varchar) and bool_or(m.side = $other::varchar)),
directed as (
    select m.*, case when one_acts and other_acts then 'together' when one_acts then 'out' else 'back' end as direction
    from acts
    join matching m using (event_id)
    where one_acts or other_acts),
page as (
    select m.event_mention_id, d.*
    from directed d
    join event_mentions m using (event_id)
    where $direction::varchar is null or direction = $direction::varchar
    order by shown_date desc, event_id, event_mention_id
    limit $row_limit::bigint)
select event_mention_id as evidence_no, p.key as event_key, direction, m.event_type, m.mode, m.status, m.date_start, m.date_end,
    sources, targets, claimants, s.text as sentence, a.key as article_key, m.sentence_no, a.title, a.publisher,
    a.published, a.url
from page p
join event_mentions m using (event_mention_id)
join mention_parties using (event_mention_id)
join articles a using (article_id)
join sentences s using (article_id, sentence_no)
order by p.shown_date desc, p.event_id, event_mention_id
