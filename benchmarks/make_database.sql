-- Fills the tables of etl/schema.sql with an invented corpus of `n_events` events.
--
-- Every draw is a hash of a row number and a salt, so the same size gives the same database. Actors are drawn
-- log-uniformly by rank (Zipf with exponent 1), partners half the time near the drawn actor's own rank, so
-- that dyads are as skewed as in the news. Temporary tables: countries(rank, code, name, capital, latitude,
-- longitude), acts(event_type, mode, verb, quad_class, score, weight), first_names(name), last_names(name).

create macro draw(i, salt) as (hash(i, salt) % 1000003) / 1000003.0;
create macro zipf(i, salt, n) as least(n, floor(pow(n + 1, draw(i, salt)))::integer);
create macro slug(name) as lower(regexp_replace(name, '[^A-Za-z]+', '-', 'g'));

create temp table cast_list as
with states as (
    select rank, name, code as country, 'country:' || code as key, 'country' as kind, 'GOV' as sector
    from countries),
bodies as (
    select c.rank * 6 + b.no * 11 as rank, c.name || ' ' || b.label as name, c.code as country,
        'org:' || slug(c.name || ' ' || b.label) as key, b.kind, b.sector
    from countries c
    cross join (values
        (1, 'Foreign Ministry', 'organisation', 'GOV'), (2, 'army', 'organisation', 'MIL'),
        (3, 'opposition', 'group', 'OPP'), (4, 'police', 'organisation', 'GOV'),
        (5, 'officials', 'office', 'GOV'), (6, 'rebels', 'group', 'REB')) b(no, label, kind, sector)),
people as (
    select 20 + i * 3 as rank,
        (select name from first_names f where f.no = hash(i, 'f') % (select count(*) from first_names)) || ' '
        || (select name from last_names l where l.no = hash(i, 'l') % (select count(*) from last_names))
        || case when i > 400 then ' ' || i else '' end as name,
        (select code from countries c where c.rank = zipf(i, 'country', (select count(*) from countries))) as country,
        null as key, 'person' as kind, 'GOV' as sector
    from range(getvariable('n_people')) r(i)),
everybody as (select * from states union all select * from bodies union all select * from people),
distinct_names as (
    select * from everybody qualify row_number() over (partition by name order by rank, key) = 1)
select (row_number() over (order by e.rank, e.name) - 1)::integer as actor_id,
    coalesce(e.key, 'person:' || lower(replace(e.name, ' ', '-'))) as key, e.name, e.kind, e.country, e.sector
from distinct_names e;

create temp table act_ranges as
select *, coalesce(sum(weight) over (order by event_type, mode nulls first
        rows between unbounded preceding and 1 preceding), 0) / sum(weight) over () as low,
    sum(weight) over (order by event_type, mode nulls first) / sum(weight) over () as high
from acts;

create temp table drawn as
with numbered as (
    select i, zipf(i, 'source', (select count(*)::integer from cast_list)) - 1 as source_id,
        date '2014-01-01' + (draw(i, 'day') * 3651)::integer as day,
        draw(i, 'act') as act, draw(i, 'status') as status_draw, draw(i, 'precision') as precision_draw
    from range(getvariable('n_events')) r(i)),
paired as (
    select *, case when draw(i, 'near') < 0.5
        then (source_id + zipf(i, 'offset', 12)) % (select count(*)::integer from cast_list)
        else zipf(i, 'target', (select count(*)::integer from cast_list)) - 1 end as target_id
    from numbered)
select p.i, p.day, a.event_type, a.mode, a.verb, a.quad_class, a.score,
    p.source_id, case when p.target_id = p.source_id then null else p.target_id end as target_id,
    case when draw(p.i, 'claimed') < 0.35
        then zipf(p.i, 'claimant', (select count(*)::integer from cast_list)) - 1 end as claimant_id,
    case when status_draw < 0.76 then 'happened' when status_draw < 0.83 then 'ongoing'
        when status_draw < 0.92 then 'planned' when status_draw < 0.96 then 'hypothetical'
        else 'negated' end as status,
    case when precision_draw < 0.82 then 'day' when precision_draw < 0.89 then 'week'
        when precision_draw < 0.96 then 'month' else 'year' end as date_precision,
    a.event_type in ('CONSULT', 'AGREE') and draw(p.i, 'reciprocal') < 0.6
        and p.target_id <> p.source_id as reciprocal,
    case when draw(p.i, 'place') < 0.4 then zipf(p.i, 'where', (select count(*)::integer from countries)) - 1
        end as place_id,
    least(12, 1 + floor(-ln(1 - draw(p.i, 'tellers')) * 0.7))::integer as n_mentions
from paired p
join act_ranges a on p.act >= a.low and p.act < a.high;

create temp table dated as
select d.*, status in ('planned', 'hypothetical', 'negated') and draw(i, 'undated') < 0.35 as undated,
    case date_precision when 'day' then day + case when status = 'planned' then 12 else 0 end
        when 'week' then date_trunc('week', day)::date when 'month' then date_trunc('month', day)::date
        else date_trunc('year', day)::date end as date_start
from drawn d;

create temp table told as
select *, case date_precision when 'day' then date_start when 'week' then date_start + 6
    when 'month' then last_day(date_start) else make_date(year(date_start), 12, 31) end as date_end
from dated;

create temp table numbered_events as
select (row_number() over (order by coalesce(case when not undated then date_start end, day) desc, i) - 1)::integer
    as event_id, *
from told;

create temp table reports as
select (row_number() over (order by published, publisher_no, event_id, copy_no) - 1)::integer as event_mention_id, *
from (
    select e.event_id, n.n as copy_no, e.day + ((hash(e.i, n.n, 'lag') % 3))::integer as published,
        zipf(e.i * 16 + n.n, 'publisher', 40) as publisher_no
    from numbered_events e, range(e.n_mentions) n(n));

-- About three reports of one outlet and day make one article.
create temp table placed as
select *, (dense_rank() over (order by published, publisher_no, chunk) - 1)::integer as article_id,
    row_number() over (partition by published, publisher_no, chunk order by event_mention_id) - 1 as sentence_no
from (select *, (row_number() over (partition by published, publisher_no order by event_mention_id) - 1) // 3
        as chunk from reports);

-- The words before each name are kept apart, so that spans are sums of lengths and cannot be wrong.
create temp table worded as
with phrased as (
    select p.*, e.source_id, e.target_id, e.claimant_id, e.verb, e.place_id,
        s.name as source, t.name as target, c.name as claimant, l.capital as place,
        case when e.undated then null when e.date_precision = 'day' then strftime(e.date_start, '%-d %B %Y')
            when e.date_precision = 'week' then 'the week of ' || strftime(e.date_start, '%-d %B %Y')
            when e.date_precision = 'month' then strftime(e.date_start, '%B %Y')
            else strftime(e.date_start, '%Y') end as date_text,
        case when e.date_precision in ('month', 'year') then ' in ' else ' on ' end as before_date
    from placed p
    join numbered_events e using (event_id)
    join cast_list s on s.actor_id = e.source_id
    left join cast_list t on t.actor_id = e.target_id
    left join cast_list c on c.actor_id = e.claimant_id
    left join countries l on l.rank = e.place_id + 1),
parts as (
    select *, coalesce(claimant || ' said that ', '') as lead_in, ' ' || verb as act,
        coalesce(' ' || target, '') as object, coalesce(before_date || date_text, '') as when_part,
        coalesce(' in ' || place, '') as where_part,
        [', in a move that surprised few observers.', ', according to people briefed on the matter.', '.',
         ', days after the last round of talks had ended without a joint statement.',
         ', “and we will not be the last,” one envoy added.'][1 + (hash(event_mention_id, 'tail') % 5)::integer] as tail
    from phrased)
select *, lead_in || source || act || object || when_part || where_part || tail as text from parts;

create temp table laid_out as
select w.*, coalesce(sum(length(text) + 1) over (partition by article_id order by sentence_no
        rows between unbounded preceding and 1 preceding), 0)::integer as start_char
from worded w;

create temp table spans as
select *, start_char + length(lead_in) as source_start,
    start_char + length(lead_in) + length(source) + 1 as act_start,
    start_char + length(lead_in) + length(source) + length(act) + 1 as target_start,
    start_char + length(lead_in) + length(source) + length(act) + length(object) + length(before_date) as date_at,
    start_char + length(lead_in) + length(source) + length(act) + length(object) + length(when_part) + 4 as place_at
from laid_out;

insert into runs values (1, timestamp '2024-01-01 06:00:00', timestamp '2024-01-01 06:10:00', 'generated', '1', 0, 0, 0, 0, 0);

insert into articles
with bodies as (
    select article_id, any_value(published) as published, any_value(publisher_no) as publisher_no,
        string_agg(text, ' ' order by sentence_no) as text, count(*)::integer as n_sentences,
        arg_min(source || ' ' || verb || object, sentence_no) as title
    from spans group by article_id)
select article_id, 'article:' || md5(article_id::varchar)[1:12], null, 'generated/' || published || '.jsonl', article_id,
    title, 'The ' || (select capital from countries c where c.rank = publisher_no) || ' Courier',
    null, published, text, md5(text), n_sentences, null, 1
from bodies order by article_id;

insert into articles
select (select count(*) from articles) + row_number() over (order by article_id) - 1,
    'article:' || md5('copy' || article_id)[1:12], external_id, path, line, title, 'Reprint Daily', url, published, text,
    content_hash, n_sentences, article_id, run_id
from articles where hash(article_id, 'copied') % 25 = 0;

insert into sentences
select article_id, sentence_no, start_char, start_char + length(text), text from spans order by article_id, sentence_no;

insert into places
select rank - 1, 'place:' || rank, capital, code, latitude, longitude, 'city' from countries order by rank;

insert into mentions
with named as (
    select 0 as slot, *, source_start as begins, source as name, source_id as who from spans
    union all select 1, *, target_start, target, target_id from spans where target is not null
    union all select 2, *, start_char, claimant, claimant_id from spans where claimant is not null)
select event_mention_id * 3 + slot, article_id, sentence_no, begins, begins + length(name), name, 'name', who, 'exact name', 0.9
from named order by article_id, begins;

insert into actors
select c.actor_id, c.key, c.name, c.kind::actor_kind, c.country, c.sector, s.actor_id,
    count(m.mention_id)::integer, count(distinct m.article_id)::integer
from cast_list c
left join cast_list s on s.key = 'country:' || c.country and c.kind <> 'country'
left join mentions m on m.actor_id = c.actor_id
group by all order by c.actor_id;

insert into actor_aliases select actor_id, name, n_mentions from actors order by actor_id;

insert into actor_roles
select row_number() over () - 1, actor_id, 'minister', affiliation, date '2019-01-01', null, m.article_id, m.sentence_no,
    m.start_char, m.end_char
from actors a join (select actor_id, min(mention_id) as mention_id from mentions group by actor_id) f using (actor_id)
join mentions m using (mention_id)
where a.kind = 'person' and a.affiliation is not null;

insert into times
select (row_number() over (order by article_id, date_at) - 1)::integer, article_id, sentence_no, date_at,
    date_at + length(date_text), date_text, e.date_start, e.date_end, e.date_precision::date_precision, 'explicit'
from spans join numbered_events e using (event_id) where date_text is not null order by article_id, date_at;

insert into events
select e.event_id, 'event:' || md5(e.i::varchar)[1:12], e.event_type::event_type, e.mode, ['diplomatic'], e.quad_class, e.score,
    e.status::event_status, e.reciprocal, case when not undated then e.date_start end,
    case when not undated then e.date_end end,
    case when not undated then e.date_precision::date_precision end, e.place_id, e.n_mentions,
    r.n_articles, r.n_publishers, r.first_reported, r.last_reported
from numbered_events e
join (select event_id, count(distinct article_id)::integer as n_articles,
        count(distinct publisher_no)::integer as n_publishers, min(published) as first_reported,
        max(published) as last_reported from placed group by event_id) r using (event_id)
order by e.event_id;

insert into event_mentions
select s.event_mention_id, s.event_id, s.article_id, s.sentence_no, s.act_start, s.act_start + length(s.verb), s.verb,
    e.event_type, e.mode, e.context, e.status, e.reciprocal, e.date_start, e.date_end, e.date_precision,
    case when t.time_id is null then 'none' else 'explicit' end::date_basis, s.date_text, t.time_id, e.place_id,
    case when s.place is not null then s.place_at end,
    case when s.place is not null then s.place_at + length(s.place) end, 'verb frame', 0.8
from spans s
join events e using (event_id)
left join times t on t.article_id = s.article_id and t.start_char = s.date_at
order by s.event_mention_id;

insert into participants
select event_mention_id, role, ordinal, actor_id, mention_id, cue from (
    select event_mention_id, 'source'::participant_role as role, 0 as ordinal, source_id as actor_id,
        event_mention_id * 3 as mention_id, null as cue from spans
    union all
    select event_mention_id, case when reciprocal then 'source' else 'target' end::participant_role,
        case when reciprocal then 1 else 0 end, target_id, event_mention_id * 3 + 1, null
    from spans join events using (event_id) where target_id is not null
    union all
    select event_mention_id, 'claimant', 0, claimant_id, event_mention_id * 3 + 2, 'said'
    from spans where claimant_id is not null)
order by event_mention_id, role, ordinal;

insert into event_actors
select distinct m.event_id, p.role, p.actor_id
from participants p join event_mentions m using (event_mention_id)
order by m.event_id, p.role, p.actor_id;

insert into rejects values
    ('generated/empty.txt', null, 'empty', 'The file has no text.', 1),
    ('generated/minutes.pdf', null, 'kind', 'PDF is not read.', 1);
