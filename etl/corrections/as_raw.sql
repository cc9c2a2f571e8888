-- A snapshot in the tables that publish/corrections.sql counts in, so that a line is counted before it is published
-- by the words that count it afterwards. Only what the lines name is looked at.
-- Needs: temporary table `named` (key).
create temp view raw_mentions as
select m.article_id, m.actor_id as actor, m.text, m.start_char, m.end_char
from mentions m
where m.actor_id in (select actor_id from actors where key in (select key from named))
    or m.article_id in (select article_id from articles where key in (select key from named));

create temp view resolved as
select distinct m.article_id, m.actor as ordinal, a.key
from raw_mentions m
join actors a on a.actor_id = m.actor;

create temp view numbered as select article_id, key from articles;

create temp view merged as
select e.key as event_key
from event_mentions m
join events e using (event_id)
where e.key in (select key from named);

create temp view raw_events as
select a.key as article_key, m.start_char, m.end_char
from event_mentions m
join articles a using (article_id)
where a.key in (select key from named);
