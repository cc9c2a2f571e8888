-- What does this actor say about that one, and what is said about it?
--
-- A row is a sentence. It is a claim where the speaker is the claimant, the one on whose word the report rests, and an
-- address where the speaker itself accuses, demands, rejects, threatens or voices support, with a target. The
-- one spoken about takes part in the event. Both stand for themselves and, where `affiliates` is true, for those who
-- belong to them.
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
--   speaker         varchar         key of the actor who speaks; null: anybody but the one spoken about
--   about           varchar         key of the actor spoken about; null: anybody
--   claims_only     boolean         true: no addresses; null: both
--   row_limit       bigint          rows; null: all
-- columns: evidence_no, kind, event_key, event_type, mode, status, score, date_start, date_end, sources,
--          targets, claimants, cue, sentence, article_key, sentence_no, title, publisher, published, url
-- grain:   evidence_no
-- shell:   set variable actors = null; set variable affiliates = null; set variable between = null;
--          set variable partners = null; set variable claimants = null; set variable countries = null;
--          set variable date_from = null; set variable date_to = null; set variable by_report = null;
--          set variable undated = null; set variable types = null; set variable quad_classes = null;
--          set variable statuses = null; set variable publishers = null; set variable min_publishers = null;
--          set variable places = null; set variable words = null;
--          set variable speaker = (select source_key from dyads limit 1); set variable about = null;
--          set variable claims_only = null; set variable row_limit = 20;
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
speakers as (
    select actor_id, key from actors where key = $speaker::varchar
    union
    select a.actor_id, a.key
    from speakers s
    join actors a on a.affiliation = s.actor_id
    where $affiliates::boolean and a.key is distinct from $about::varchar),
spoken_of as (
    select actor_id, key from actors where key = $about::varchar
    union
    select a.actor_id, a.key
    from spoken_of s
    join actors a on a.affiliation = s.actor_id
    where $affiliates::boolean and a.key is distinct from $speaker::varchar),
concerned as (
    select distinct event_id
    from incidence
    where role <> 'claimant' and actor_id in (select actor_id from spoken_of)),
claims as (
    select distinct event_id
    from incidence
    where role = 'claimant'
        and case when $speaker::varchar is null then actor_id not in (select actor_id from spoken_of)
            else actor_id in (select actor_id from speakers) end
        and ($about::varchar is null or event_id in (from concerned))),
addresses as (
    select distinct i.event_id
    from incidence i
    join speakers s using (actor_id)
    join events e using (event_id)
    where i.role = 'source' and e.event_type in ('SUPPORT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN') and not e.reciprocal
        and not coalesce($claims_only::boolean, false)
        and ($about::varchar is null or event_id in (
            select event_id from incidence where role = 'target' and actor_id in (select actor_id from spoken_of)))),
-- Every such event has a sentence to show: no more events are needed than sentences.
chosen as (
    select event_id, key, score, shown_date, event_id in (from addresses) as addressed
    from matching
    where event_id in (from claims union from addresses)
    order by shown_date desc, event_id
    limit $row_limit::bigint),
claimed as (
    select distinct p.event_mention_id
    from participants p
    join event_mentions m using (event_mention_id)
    join chosen using (event_id)
    where p.role = 'claimant' and case when $speaker::varchar is null
        then p.actor_id not in (select actor_id from spoken_of)
        else p.actor_id in (select actor_id from speakers) end),
page as (
    select m.event_mention_id, c.*,
        case when event_mention_id in (from claimed) then 'claim' else 'address' end as kind
    from chosen c
    join event_mentions m using (event_id)
    where addressed or event_mention_id in (from claimed)
    order by c.shown_date desc, event_id, m.event_mention_id
    limit $row_limit::bigint),
cues as (
    select event_mention_id, min(cue) as cue
    from participants
    where role = 'claimant' and event_mention_id in (select event_mention_id from page)
    group by event_mention_id)
select event_mention_id as evidence_no, p.kind, p.key as event_key, m.event_type, m.mode, m.status, p.score, m.date_start, m.date_end,
    sources, targets, claimants, cue, s.text as sentence, a.key as article_key, m.sentence_no, a.title, a.publisher,
    a.published, a.url
from page p
join event_mentions m using (event_mention_id)
join mention_parties using (event_mention_id)
join articles a using (article_id)
join sentences s using (article_id, sentence_no)
left join cues using (event_mention_id)
order by p.shown_date desc, p.event_id, event_mention_id
