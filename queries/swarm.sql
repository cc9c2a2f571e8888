-- What have two actors done to each other, event by event, and how has it gone on the whole?
--
-- `running_mean` is the mean score of an event and those before it, up to `averaged` of what happened or goes on.
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
--   one             varchar         key of an actor (at `level`)
--   other           varchar         key of another
--   span            integer         events of the running mean; null: a twelfth of those shown, at least 5
--   row_limit       bigint          events, the newest first; null: all
-- columns: event_key, direction, event_type, mode, quad_class, score, status, shown_date, date_start, date_end,
--          date_precision, sources, targets, n_mentions, n_publishers, running_mean, averaged
-- grain:   event_key
-- shell:   set variable actors = null; set variable affiliates = null; set variable between = null;
--          set variable partners = null; set variable claimants = null; set variable countries = null;
--          set variable date_from = null; set variable date_to = null; set variable by_report = null;
--          set variable undated = null; set variable types = null; set variable quad_classes = null;
--          set variable statuses = null; set variable publishers = null; set variable min_publishers = null;
--          set variable places = null; set variable words = null; set variable level = null;
--          set variable one = (select source_key from dyads limit 1);
--          set variable other = (select target_key from dyads limit 1); set variable span = null;
--          set variable row_limit = 100;
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
ends as (
    select o.actor_id as one_id, t.actor_id as other_id
    from actors o, actors t
    where o.key = $one::varchar and t.key = $other::varchar),
shared as (
    select p.event_id, bool_or(p.source_id = e.one_id) as forth, bool_or(p.source_id = e.other_id) as back
    from event_pairs p
    join ends e on (p.source_id = e.one_id and p.target_id = e.other_id)
        or (p.source_id = e.other_id and p.target_id = e.one_id)
    where level = coalesce($level::actor_level, 'actor')
    group by p.event_id),
told as (
    select m.*, case when m.reciprocal or (forth and back) then 'together' when forth then 'out' else 'back' end as direction,
        status in ('happened', 'ongoing') as done
    from matching m
    join shared using (event_id)),
numbered as (
    select *, sum(done::integer) over (order by shown_date, event_id desc rows unbounded preceding) as done_no,
        coalesce($span::bigint, greatest(5, least(count(*) over (), $row_limit::bigint) // 12)) as averaged
    from told),
averaged as (
    select *, avg(score) filter (where done) over (
        order by done_no range between averaged - 1 preceding and current row) as running_mean
    from numbered),
newest as (
    select * from averaged order by shown_date desc, event_id limit $row_limit::bigint),
names as (
    select event_id, list(a.name order by a.actor_id) filter (role = 'source') as sources,
        list(a.name order by a.actor_id) filter (role = 'target') as targets
    from event_actors
    join actors a using (actor_id)
    where event_id in (select event_id from newest)
    group by event_id)
select key as event_key, direction, event_type, mode, quad_class, score, status, shown_date, date_start, date_end,
    date_precision, coalesce(sources, []) as sources, coalesce(targets, []) as targets, n_mentions, n_publishers,
    case when done then running_mean end as running_mean, averaged
from newest
left join names using (event_id)
order by shown_date desc, event_id
