-- From extracts and the list of given articles to temporary tables, one per kind of record.
-- Needs: temporary table `given`, variable `extracts` (paths).

create temp view extracts as select * from read_parquet(getvariable('extracts'), filename = true);

-- Two machines may both have extracted a text; one extract speaks for it.
create temp table chosen as
select text_hash, min(filename) as filename, arg_min(error, filename) as error
from extracts
group by text_hash;

-- Text and date make one extract, so articles of several outlets may share it.
create temp table numbered as
select (row_number() over (order by published, key) - 1)::integer as article_id, given.*, chosen.filename
from given
join chosen using (text_hash)
where chosen.error is null;

create temp table raw_sentences as
with unpacked as (select text_hash, filename, unnest(sentences, max_depth := 2) from extracts)
select n.article_id, u.* exclude (text_hash, filename)
from unpacked u
join numbered n using (text_hash, filename);

create temp table raw_mentions as
with unpacked as (select text_hash, filename, unnest(mentions, max_depth := 2) from extracts)
select (row_number() over (order by n.article_id, u.start_char, u.end_char, u.ordinal) - 1)::integer as mention_id,
    n.article_id, u.* exclude (text_hash, filename)
from unpacked u
join numbered n using (text_hash, filename);

create temp table raw_actors as
with unpacked as (select text_hash, filename, unnest(actors, max_depth := 2) from extracts)
select n.article_id, n.published, u.* exclude (text_hash, filename)
from unpacked u
join numbered n using (text_hash, filename);

create temp table raw_roles as
with unpacked as (select text_hash, filename, unnest(roles, max_depth := 2) from extracts)
select n.article_id, n.published, u.* exclude (text_hash, filename)
from unpacked u
join numbered n using (text_hash, filename);

create temp table raw_times as
with unpacked as (select text_hash, filename, unnest(times, max_depth := 2) from extracts)
select (row_number() over (order by n.article_id, u.start_char, u.end_char, u.ordinal) - 1)::integer as time_id,
    n.article_id, u.* exclude (text_hash, filename)
from unpacked u
join numbered n using (text_hash, filename);

create temp table raw_events as
with unpacked as (select text_hash, filename, unnest(event_mentions, max_depth := 2) from extracts)
select (row_number() over (order by n.article_id, u.start_char, u.end_char, u.ordinal) - 1)::integer as report,
    n.article_id, n.published, n.publisher, n.key as article_key,
    u.* exclude (text_hash, filename, date, place, participants),
    u.date.date_start, u.date.date_end, u.date.date_precision, u.date.date_basis, u.date.date_text,
    u.date.time as time_ordinal, u.place.place as place, u.place.start_char as place_start,
    u.place.end_char as place_end, u.participants
from unpacked u
join numbered n using (text_hash, filename);

create temp table raw_participants as
select e.report, p.role, p.ordinal, p.cue, m.mention_id
from (select report, article_id, unnest(participants) as p from raw_events) e
join raw_mentions m on m.article_id = e.article_id and m.ordinal = e.p.mention;

-- What across-article resolution looks at: one row per actor of one article.
create temp view local_actors as
select a.article_id, a.published, a.ordinal, a.key, a.name, a.kind, a.country, a.sector,
    f.key as affiliation_key, count(m.mention_id) as n_mentions
from raw_actors a
left join raw_actors f on f.article_id = a.article_id and f.ordinal = a.affiliation
left join raw_mentions m on m.article_id = a.article_id and m.actor = a.ordinal
group by all
order by a.article_id, a.ordinal;
