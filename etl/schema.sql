-- The tables of one snapshot: the treaty between etl/ and queries/.
-- Spans are Python string offsets into articles.text, end exclusive. Ids are ranks by popularity, valid inside
-- one snapshot only; `key` columns stay for ever. There are no primary-key indexes (2.3 times the file, 4 times
-- the load time): publish asserts keys and references instead, see etl/checks.sql.

create type event_type as enum (
    'AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST',
    'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT');
create type event_status as enum ('happened', 'ongoing', 'planned', 'hypothetical', 'negated');
create type date_precision as enum ('day', 'week', 'month', 'quarter', 'season', 'year', 'decade', 'vague');
create type date_basis as enum ('explicit', 'relative', 'publication', 'none');
create type actor_kind as enum ('person', 'country', 'organisation', 'group', 'office');
create type participant_role as enum ('source', 'target', 'claimant');
create type mention_form as enum (
    'name', 'abbreviation', 'title', 'demonym', 'metonym', 'epithet', 'nominal', 'pronoun');
create type actor_level as enum ('actor', 'affiliation', 'country');

create table runs (
    run_id integer not null, started timestamp not null, finished timestamp, model varchar not null,
    version varchar not null, articles_read integer not null, articles_new integer not null,
    articles_rejected integer not null, mentions bigint not null, event_mentions bigint not null);

create table articles (
    article_id integer not null, key varchar not null, external_id varchar, path varchar not null, line integer,
    title varchar, publisher varchar, url varchar, published date not null, text varchar not null,
    content_hash varchar not null, n_sentences integer not null, copy_of integer, run_id integer not null);

create table sentences (
    article_id integer not null, sentence_no integer not null, start_char integer not null,
    end_char integer not null, text varchar not null);

create table actors (
    actor_id integer not null, key varchar not null, name varchar not null, kind actor_kind not null,
    country varchar, sector varchar, affiliation integer, n_mentions integer not null,
    n_articles integer not null);

create table actor_aliases (actor_id integer not null, alias varchar not null, n_mentions integer not null);

create table actor_roles (
    role_id integer not null, actor_id integer not null, role varchar not null, affiliation integer,
    since date, until date, article_id integer not null, sentence_no integer not null,
    start_char integer not null, end_char integer not null);

create table mentions (
    mention_id integer not null, article_id integer not null, sentence_no integer not null,
    start_char integer not null, end_char integer not null, text varchar not null, form mention_form not null,
    actor_id integer, rule varchar not null, confidence float not null);

create table places (
    place_id integer not null, key varchar not null, name varchar not null, country varchar,
    latitude double, longitude double, precision varchar not null);

create table times (
    time_id integer not null, article_id integer not null, sentence_no integer not null,
    start_char integer not null, end_char integer not null, text varchar not null, date_start date,
    date_end date, date_precision date_precision not null, date_basis date_basis not null);

create table events (
    event_id integer not null, key varchar not null, event_type event_type not null, mode varchar,
    context varchar[] not null, quad_class varchar not null, score float not null, status event_status not null,
    reciprocal boolean not null, date_start date, date_end date, date_precision date_precision,
    place_id integer, n_mentions integer not null, n_articles integer not null, n_publishers integer not null,
    first_reported date not null, last_reported date not null);

create table event_mentions (
    event_mention_id integer not null, event_id integer not null, article_id integer not null,
    sentence_no integer not null, start_char integer not null, end_char integer not null,
    trigger varchar not null, event_type event_type not null, mode varchar, context varchar[] not null,
    status event_status not null, reciprocal boolean not null, date_start date, date_end date,
    date_precision date_precision, date_basis date_basis not null, date_text varchar, time_id integer,
    place_id integer, place_start integer, place_end integer, rule varchar not null, confidence float not null);

create table participants (
    event_mention_id integer not null, role participant_role not null, ordinal integer not null,
    actor_id integer, mention_id integer not null, cue varchar);

create table event_actors (event_id integer not null, role participant_role not null, actor_id integer not null);

create table event_links (
    event_id integer not null, other_id integer not null, relation varchar not null, confidence float not null,
    rule varchar not null);

create table rejects (
    path varchar not null, line integer, reason varchar not null, detail varchar not null,
    run_id integer not null);

create table corrections (
    key varchar not null, action varchar not null, value varchar, made_by varchar, made_on varchar,
    rows_changed integer not null);

-- Beyond the treaty, for speed and for a picture that does not jump.

-- Who stands in which event, sorted by actor: `pos` is the event's rank in `events` (newest first).
create table incidence (
    actor_id integer not null, event_id integer not null, role participant_role not null, other_id integer);

-- All-time totals per dyad (lower actor_id first where reciprocal), most frequent first.
create table dyad_totals (
    source_id integer not null, target_id integer not null, n_events integer not null, mean_score float,
    first_date date, last_date date);

-- Where the network draws an actor and with whom it belongs: computed once per snapshot over the most connected
-- actors. Communities are numbered from 0, the busiest first.
create table actor_positions (
    actor_id integer not null, x double not null, y double not null, community integer not null);

-- Whom an actor counts as at each level of rolling up: itself, whom it belongs to, its state.
create table actor_levels (level actor_level not null, actor_id integer not null, shown_id integer not null);

-- Who acts towards whom in which event, at each level; lower id first where both act together. No other table
-- says it without a join of `event_actors` with itself, and a network of a million events asks for it each time.
-- A row is `mirrored` where the event has the same two the other way round, too, and this is the second of them.
create table event_pairs (
    level actor_level not null, event_id integer not null, source_id integer not null,
    target_id integer not null, mirrored boolean not null);

-- Who takes part in which event, at each level.
create table event_takers (
    level actor_level not null, event_id integer not null, actor_id integer not null,
    is_source boolean not null, is_target boolean not null);

-- Which publishers tell of an event, and which countries' actors take part in it.
create table event_publishers (event_id integer not null, publisher varchar not null);
create table event_countries (event_id integer not null, country varchar not null);

-- The sentence of each event mention without case and accents, and an index of the events by its words. A word
-- is a run of letters and digits; a search for letters inside one word reads `words` instead of every sentence.
create table report_texts (event_id integer not null, event_mention_id integer not null, text varchar not null);
create table words (word_id integer not null, word varchar not null);
create table word_events (word_id integer not null, event_id integer not null);

-- Names of the participants of each event mention, so that `evidence` needs no aggregation when it is asked.
create table mention_parties (
    event_mention_id integer not null, sources varchar[] not null, targets varchar[] not null,
    claimants varchar[] not null);

create view dyads as
with pairs as (
    select s.event_id, s.actor_id as source_id, t.actor_id as target_id
    from event_actors s
    join event_actors t on t.event_id = s.event_id and t.role = 'target' and t.actor_id <> s.actor_id
    where s.role = 'source'
    union
    select a.event_id, a.actor_id, b.actor_id
    from event_actors a
    join event_actors b on b.event_id = a.event_id and b.role = 'source' and a.actor_id < b.actor_id
    join events e on e.event_id = a.event_id and e.reciprocal
    where a.role = 'source')
select
    e.event_id, e.key as event_key, e.date_start, e.date_end, e.date_precision, e.first_reported, e.event_type,
    e.mode, e.context, e.quad_class, e.score, e.status, e.reciprocal,
    s.actor_id as source_id, s.key as source_key, s.name as source, s.country as source_country,
    t.actor_id as target_id, t.key as target_key, t.name as target, t.country as target_country,
    e.place_id, e.n_mentions, e.n_articles, e.n_publishers
from pairs p
join events e on e.event_id = p.event_id
join actors s on s.actor_id = p.source_id
join actors t on t.actor_id = p.target_id;

create view evidence as
select
    m.event_mention_id, m.event_id, m.article_id, m.sentence_no, m.start_char, m.end_char, m.trigger,
    m.event_type, m.mode, m.context, m.status, m.reciprocal, m.date_start, m.date_end, m.date_precision,
    m.date_basis, m.date_text, m.time_id, m.place_id, m.place_start, m.place_end, m.rule, m.confidence,
    n.sources, n.targets, n.claimants,
    s.text as sentence, s.start_char as sentence_start, s.end_char as sentence_end,
    a.external_id, a.path, a.title, a.publisher, a.published, a.url
from event_mentions m
join mention_parties n using (event_mention_id)
join sentences s on s.article_id = m.article_id and s.sentence_no = m.sentence_no
join articles a on a.article_id = m.article_id;

-- What a snapshot was built from, as a hash: a run that would build the same again leaves it in place.
create table publication (digest varchar not null);
