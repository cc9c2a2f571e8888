-- Fills the treaty's tables. Ids are positions in the order of the rows, from 0.
-- Needs: cast.sql, temporary tables `copies` (key, copy_of), `merged` (report, event_key, merge_rule), `retyped`
-- (key, event_type), `renamed` (key, name), `rekinded` (key, kind), `ignored` (key), `plover` (event_type, mode,
-- quad_class, score).

insert into articles
select n.article_id, n.key, n.external_id, n.path, n.line, n.title, n.publisher, n.url, n.published, x.text,
    n.content_hash, len(x.sentences)::integer, o.article_id, n.run_id
from numbered n
join extracts x using (text_hash, filename)
left join copies c on c.key = n.key
left join numbered o on o.key = c.copy_of
order by n.article_id;

insert into sentences
select article_id, sentence_no, start_char, end_char, text from raw_sentences order by article_id, sentence_no;

-- Copies of a text tell it once, whoever prints them; without a publisher the file is the teller.
create temp table tellers as
select a.article_id, coalesce(o.publisher, 'file:' || o.path) as teller
from articles a
join articles o on o.article_id = coalesce(a.copy_of, a.article_id);

create temp table told as
select e.*, m.event_key, m.merge_rule, t.teller, e.place.key as place_key,
    coalesce(r.event_type, e.event_type) as final_type,
    case when r.event_type is null or r.event_type = e.event_type then e.mode end as final_mode
from raw_events e
join merged m using (report)
join tellers t using (article_id)
left join retyped r on r.key = m.event_key
where m.event_key not in (select key from ignored);

-- Actors that are mentioned, and those they belong to.
create temp table ranked_actors as
with recursive present as (
    select distinct actor_key as key from told_of
    union
    select p.affiliation_key from present join persona p using (key) where p.affiliation_key is not null),
spoken as (
    select actor_key as key, count(*)::integer as n_mentions, count(distinct article_id)::integer as n_articles
    from told_of group by actor_key),
acting as (
    select y.actor_key as key, count(distinct t.event_key) as n_events
    from parties y join told t using (report) where y.role <> 'claimant' group by y.actor_key)
select (row_number() over (order by coalesce(c.n_events, 0) desc, coalesce(s.n_mentions, 0) desc, p.key) - 1)::integer
    as actor_id, p.*, coalesce(s.n_mentions, 0) as n_mentions, coalesce(s.n_articles, 0) as n_articles
from persona p
join present using (key)
left join spoken s using (key)
left join acting c using (key);

insert into actors
select a.actor_id, a.key, coalesce(r.name, a.name), coalesce(k.kind, a.kind), a.country, a.sector, f.actor_id,
    a.n_mentions, a.n_articles
from ranked_actors a
left join ranked_actors f on f.key = a.affiliation_key
left join renamed r on r.key = a.key
left join rekinded k on k.key = a.key
order by a.actor_id;

-- A pronoun is nobody's alias, and a nominal only of those who have no other name.
insert into actor_aliases
select a.actor_id, t.text, count(*)::integer
from told_of t
join actors a on a.key = t.actor_key
where t.form <> 'pronoun' and (t.form <> 'nominal' or a.kind in ('group', 'office') or lower(t.text) = lower(a.name))
group by a.actor_id, t.text
order by a.actor_id, count(*) desc, t.text;

-- One row per actor, role and body: seen from when to when, with the earliest words that say so.
insert into actor_roles
with spelled as (
    select r.*, coalesce(g.final_key, c.key) as actor_key, coalesce(h.final_key, b.key) as affiliation_key
    from raw_roles r
    join resolved c on c.article_id = r.article_id and c.ordinal = r.actor
    left join resolved b on b.article_id = r.article_id and b.ordinal = r.affiliation
    left join merges g on g.key = c.key
    left join merges h on h.key = b.key),
seen as (
    select a.actor_id, lower(s.role) as folded, f.actor_id as affiliation, min(s.published) as since,
        max(s.published) as until,
        first({'role': s.role, 'article_id': s.article_id, 'sentence_no': s.sentence_no, 'start_char': s.start_char,
            'end_char': s.end_char} order by s.article_id, s.start_char, s.end_char) as evidence
    from spelled s
    join actors a on a.key = s.actor_key
    left join actors f on f.key = s.affiliation_key
    group by all)
select (row_number() over (order by actor_id, since, folded, affiliation nulls first) - 1)::integer, actor_id,
    evidence.role, affiliation, since, until, evidence.article_id, evidence.sentence_no, evidence.start_char,
    evidence.end_char
from seen
order by actor_id, since, folded, affiliation nulls first;

insert into mentions
select m.mention_id, m.article_id, m.sentence_no, m.start_char, m.end_char, m.text, m.form, a.actor_id,
    coalesce(t.rule, case when m.actor is null then m.rule else 'ignored by correction' end), m.confidence
from raw_mentions m
left join told_of t using (mention_id)
left join actors a on a.key = t.actor_key
order by m.mention_id;

insert into places
with named as (select place_key as key, place, count(*) as n from told where place_key is not null group by all)
select (row_number() over (order by sum(n) desc, key) - 1)::integer, key, first(place.name order by n desc, place.name),
    first(place.country order by n desc, place.country), first(place.latitude order by n desc, place.latitude),
    first(place.longitude order by n desc, place.longitude), first(place.precision order by n desc, place.precision)
from named
group by key
order by sum(n) desc, key;

insert into times
select time_id, article_id, sentence_no, start_char, end_char, text, date_start, date_end, date_precision, date_basis
from raw_times
order by time_id;

-- An event is what most of its independent tellers say; the latest report breaks ties.
create temp table verdicts as
with types as (
    select event_key, final_type, count(distinct teller) as n, max(published) as latest from told group by all),
modes as (
    select event_key, final_type, final_mode, count(distinct teller) as n, max(published) as latest
    from told where final_mode is not null group by all),
statuses as (
    select event_key, status, count(distinct teller) as n, max(published) as latest from told group by all),
days as (
    select event_key, date_start, date_end, date_precision, date_basis in ('explicit', 'relative') as stated,
        count(distinct teller) as n
    from told where coalesce(date_start, date_end) is not null group by all),
spots as (select event_key, place_key, count(distinct teller) as n from told where place_key is not null group by all),
kind as (select event_key, first(final_type order by n desc, latest desc, final_type) as event_type from types group by all),
way as (
    select m.event_key, first(final_mode order by n desc, latest desc, final_mode) as mode
    from modes m join kind k on k.event_key = m.event_key and k.event_type = m.final_type group by all),
state as (select event_key, first(status order by n desc, latest desc, status) as status from statuses group by all),
day as (
    select event_key, first({'date_start': date_start, 'date_end': date_end, 'date_precision': date_precision}
        order by stated desc, n desc, date_precision::date_precision, date_start, date_end) as date
    from days group by all),
spot as (select event_key, first(place_key order by n desc, place_key) as place_key from spots group by all)
select k.event_key, k.event_type, w.mode, s.status, d.date.date_start as date_start, d.date.date_end as date_end,
    d.date.date_precision as date_precision, p.place_key
from kind k
join state s using (event_key)
left join way w using (event_key)
left join day d using (event_key)
left join spot p using (event_key);

create temp table counted as
select event_key, bool_or(reciprocal) as reciprocal,
    list_sort(list_distinct(flatten(list(context)))) as context, count(*)::integer as n_mentions,
    count(distinct article_id)::integer as n_articles, count(distinct teller)::integer as n_publishers,
    min(published) as first_reported, max(published) as last_reported
from told
group by event_key;

insert into events
select (row_number() over (
        order by coalesce(v.date_start, v.date_end, c.first_reported) desc, c.n_publishers desc, c.n_mentions desc,
            v.event_key) - 1)::integer as event_id,
    v.event_key, v.event_type, v.mode, c.context, p.quad_class, p.score, v.status, c.reciprocal, v.date_start,
    v.date_end, v.date_precision, l.place_id, c.n_mentions, c.n_articles, c.n_publishers, c.first_reported,
    c.last_reported
from verdicts v
join counted c using (event_key)
join plover p on p.event_type = v.event_type and p.mode is not distinct from v.mode
left join places l on l.key = v.place_key
order by event_id;

create temp table report_ids as
select t.report, e.event_id, (row_number() over (order by e.event_id, t.report) - 1)::integer as event_mention_id
from told t
join events e on e.key = t.event_key;

insert into event_mentions
select i.event_mention_id, i.event_id, t.article_id, t.sentence_no, t.start_char, t.end_char, t.trigger, t.final_type,
    t.final_mode, t.context, t.status, t.reciprocal, t.date_start, t.date_end, t.date_precision, t.date_basis,
    t.date_text, r.time_id, l.place_id, t.place_start, t.place_end,
    case when t.merge_rule = 'first report' then t.rule else t.rule || ' > ' || t.merge_rule end, t.confidence
from told t
join report_ids i using (report)
left join raw_times r on r.article_id = t.article_id and r.ordinal = t.time_ordinal
left join places l on l.key = t.place_key
order by i.event_mention_id;

insert into participants
select i.event_mention_id, y.role, y.ordinal, a.actor_id, y.mention_id, y.cue
from parties y
join report_ids i using (report)
left join actors a on a.key = y.actor_key
order by i.event_mention_id, y.role::participant_role, y.ordinal;

insert into event_actors
select distinct m.event_id, p.role, p.actor_id
from participants p
join event_mentions m using (event_mention_id)
where p.actor_id is not null
order by m.event_id, p.role, p.actor_id;

insert into rejects
select path, line, reason, detail, run_id from rejected
union all
select g.path, g.line, 'not extracted', c.error || ' (extract ' || parse_filename(c.filename) || ')', g.run_id
from given g
join chosen c using (text_hash)
where c.error is not null
order by path, line nulls first, reason;
