-- Which pairs differ most in the last month from the year before?
--
-- A month is 30 days; the last one ends on the day of the latest report in the filter, and the eleven before it are
-- the year. Events that happened or are going on count, both directions together. `surprise` is the log-likelihood
-- ratio of the month's count against the year's (Dunning 1993, Computational Linguistics 19:1), summed over
-- cooperation and conflict; `change` names what moved more. n_usual is the year's mean per month.
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
--   level           varchar         'country' or 'affiliation' rolls actors up to it; null or 'actor': as in the text
--   row_limit       bigint          rows; null: all
-- columns: one_key, one, other_key, other, change, surprise, n_recent, n_usual, n_recent_cooperation,
--          n_recent_conflict, n_usual_cooperation, n_usual_conflict, recent_score, usual_score, months,
--          month_from, month_to
-- grain:   one_key, other_key
-- shell:   set variable actors = null; set variable affiliates = null; set variable between = null;
--          set variable partners = null; set variable claimants = null; set variable countries = null;
--          set variable date_from = null; set variable date_to = null; set variable by_report = null;
--          set variable undated = null; set variable types = null; set variable quad_classes = null;
--          set variable statuses = null; set variable publishers = null; set variable min_publishers = null;
--          set variable places = null; set variable words = null; set variable level = null;
--          set variable row_limit = 20;
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
span as (select max(last_reported) as month_to from matching),
recent as (
    select event_id, score, quad_class like '%conflict' as is_conflict,
        11 - (month_to - shown_date) // 30 as month_no
    from matching
    cross join span
    where status in ('happened', 'ongoing') and shown_date <= month_to and shown_date > month_to - 360),
pairs as (
    select distinct r.event_id, least(p.source_id, p.target_id) as one_id, greatest(p.source_id, p.target_id) as other_id
    from recent r
    join event_pairs p using (event_id)
    where p.level = coalesce($level::varchar, 'actor')::actor_level),
counted as (
    select one_id, other_id, count(*) filter (month_no = 11) as n_recent,
        count(*) filter (month_no = 11 and not is_conflict) as x_coop,
        count(*) filter (month_no = 11 and is_conflict) as x_conf,
        count(*) filter (month_no < 11 and not is_conflict) as b_coop,
        count(*) filter (month_no < 11 and is_conflict) as b_conf,
        avg(score) filter (month_no = 11) as recent_score, avg(score) filter (month_no < 11) as usual_score
    from pairs
    join recent using (event_id)
    group by one_id, other_id
    having count(*) > 1),
sides as (
    select one_id, other_id, x_coop as x, b_coop as b, 'cooperation' as sense from counted
    union all
    select one_id, other_id, x_conf, b_conf, 'conflict' from counted),
weighed as (
    select *, x >= b / 11.0 as more, 2 * (case when x > 0 then x * ln(12.0 * x / (x + b)) else 0 end
            + case when b > 0 then b * ln(12.0 * b / (11 * (x + b))) else 0 end) as surprise
    from sides),
ranked as (
    select one_id, other_id, sum(surprise) as surprise,
        arg_max(case when more then 'more ' else 'less ' end || sense, surprise) as change
    from weighed
    group by one_id, other_id
    order by surprise desc, one_id, other_id
    limit $row_limit::bigint),
monthly as (
    select one_id, other_id, list(n order by month_no) as months
    from (
        select r.one_id, r.other_id, m.month_no, count(c.event_id) as n
        from ranked r
        cross join range(12) m(month_no)
        left join (select * from pairs join recent using (event_id)) c
            on c.one_id = r.one_id and c.other_id = r.other_id and c.month_no = m.month_no
        group by all)
    group by one_id, other_id)
select a.key as one_key, a.name as one, b.key as other_key, b.name as other, change, surprise, n_recent,
    (b_coop + b_conf) / 11 as n_usual, x_coop as n_recent_cooperation, x_conf as n_recent_conflict,
    b_coop / 11 as n_usual_cooperation, b_conf / 11 as n_usual_conflict, recent_score, usual_score, months,
    month_to - 29 as month_from, month_to
from ranked
join counted using (one_id, other_id)
join monthly using (one_id, other_id)
join actors a on a.actor_id = one_id
join actors b on b.actor_id = other_id
cross join span
order by surprise desc, one_id, other_id
