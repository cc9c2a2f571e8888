-- Which sentences say so, and which words in them are source, act, target, claimant, date and place?
--
-- One row per report of an event. Spans count characters from the start of the sentence, end exclusive;
-- evidence_no holds inside one snapshot only.
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
--   node            varchar         key of an actor (at `level`) who is source or target; null: any
--   source          varchar         key of the source of a pair (at `level`), with `target`; null: any pair
--   target          varchar         key of its target; either way round for what both do together
--   event_keys      varchar[]       only these events; null: all
--   sort            varchar         'newest' (also null), 'oldest', 'most told', 'cooperation first' or 'conflict first'
--   row_limit       bigint          rows of a page; null: all
--   row_offset      bigint          rows to skip; null: none
-- columns: evidence_no, event_key, event_type, mode, quad_class, score, status, date_start, date_end,
--          date_precision, date_basis, sources, targets, claimants, trigger, date_text, place, sentence,
--          spans, article_key, sentence_no, title, publisher, published, url, n_publishers, confidence,
--          rule
-- grain:   evidence_no
-- shell:   set variable actors = null; set variable affiliates = null; set variable between = null;
--          set variable claimants = null; set variable countries = null; set variable date_from = null;
--          set variable date_to = null; set variable by_report = null; set variable undated = null;
--          set variable types = null; set variable quad_classes = null; set variable statuses = null;
--          set variable publishers = null; set variable min_publishers = null; set variable places = null;
--          set variable words = null; set variable level = null; set variable node = null;
--          set variable source = null; set variable target = null; set variable event_keys = null;
--          set variable sort = null; set variable row_limit = 20; set variable row_offset = null;
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
node_events as (
    select i.event_id
    from actors n
    join shown_actors h on h.shown_id = n.actor_id
    join incidence i on i.actor_id = h.actor_id
    where n.key = $node::varchar and i.role <> 'claimant'),
pair_ends as (
    select i.event_id, i.role, i.actor_id, n.key
    from actors n
    join shown_actors h on h.shown_id = n.actor_id
    join incidence i on i.actor_id = h.actor_id
    where n.key in ($source::varchar, $target::varchar) and i.role <> 'claimant'),
pair_events as (
    select s.event_id
    from pair_ends s
    join pair_ends t on t.event_id = s.event_id and t.key = $target::varchar
    join events e on e.event_id = s.event_id
    where s.key = $source::varchar and s.role = 'source' and (t.role = 'target' or e.reciprocal)),
chosen as (
    select *
    from matching
    where ($node::varchar is null or event_id in (select event_id from node_events))
        and ($source::varchar is null or event_id in (select event_id from pair_events))
        and ($event_keys::varchar[] is null or list_contains($event_keys::varchar[], key))),
told as (
    select m.event_mention_id, c.event_id, c.key, c.quad_class, c.score, c.shown_date, c.n_publishers
    from chosen c
    join event_mentions m using (event_id)
    where ($publishers::varchar[] is null or m.article_id in (
            select article_id from articles where list_contains($publishers::varchar[], publisher)))
        and ($words::varchar is null or (m.article_id, m.sentence_no) in (
            select (article_id, sentence_no)
            from sentences s
            where contains(lower(strip_accents(s.text)), lower(strip_accents($words::varchar)))))
    order by case when $sort::varchar = 'most told' then n_publishers end desc,
        case when $sort::varchar = 'cooperation first' then score end desc,
        case when $sort::varchar = 'conflict first' then score end,
        case when $sort::varchar = 'oldest' then shown_date end,
        shown_date desc, event_id, event_mention_id
    limit $row_limit::bigint offset coalesce($row_offset::bigint, 0)),
page as (
    select t.key, t.quad_class, t.score, t.shown_date, t.n_publishers, m.*, a.key as article_key, a.title, a.publisher,
        a.published, a.url, s.text as sentence, s.start_char as sentence_start, s.end_char as sentence_end
    from told t
    join event_mentions m using (event_mention_id)
    join articles a using (article_id)
    join sentences s using (article_id, sentence_no)),
words as (
    select event_mention_id, p.role::varchar as kind, n.start_char, n.end_char, a.name as label
    from page
    join participants p using (event_mention_id)
    join mentions n using (mention_id)
    left join actors a on a.actor_id = p.actor_id
    where n.article_id = page.article_id
    union all
    select event_mention_id, 'act', start_char, end_char, event_type::varchar from page
    union all
    select event_mention_id, 'date', t.start_char, t.end_char, t.date_start::varchar
    from page
    join times t using (time_id)
    union all
    select event_mention_id, 'place', place_start, place_end, l.name
    from page
    left join places l using (place_id)
    where place_start is not null),
marked as (
    select w.event_mention_id, list({
            'kind': w.kind, 'start': w.start_char - p.sentence_start, 'end': w.end_char - p.sentence_start,
            'label': w.label} order by w.start_char, w.end_char desc, w.kind) as spans
    from words w
    join page p using (event_mention_id)
    where w.start_char >= p.sentence_start and w.end_char <= p.sentence_end
    group by w.event_mention_id)
select p.event_mention_id as evidence_no, p.key as event_key, event_type, mode, quad_class, score, status, date_start,
    date_end, date_precision, date_basis, sources, targets, claimants, trigger, date_text, l.name as place, sentence,
    coalesce(spans, []) as spans, article_key, sentence_no, title, publisher, published, url, n_publishers, confidence,
    rule
from page p
join mention_parties using (event_mention_id)
left join marked using (event_mention_id)
left join places l on l.place_id = p.place_id
order by case when $sort::varchar = 'most told' then p.n_publishers end desc,
    case when $sort::varchar = 'cooperation first' then p.score end desc,
    case when $sort::varchar = 'conflict first' then p.score end,
    case when $sort::varchar = 'oldest' then p.shown_date end,
    p.shown_date desc, p.event_id, event_mention_id
