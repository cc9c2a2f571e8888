-- What must hold before a snapshot is published. Each statement counts what is wrong; its column says what.

select count(*) - count(distinct article_id) as "article ids used twice" from articles;
select count(*) - count(distinct key) as "article keys used twice" from articles;
select count(*) - count(distinct key) as "actor keys used twice" from actors;
select count(*) - count(distinct actor_id) as "actor ids used twice" from actors;
select count(*) - count(distinct key) as "event keys used twice" from events;
select count(*) - count(distinct event_id) as "event ids used twice" from events;
select count(*) - count(distinct mention_id) as "mention ids used twice" from mentions;
select count(*) - count(distinct event_mention_id) as "event mention ids used twice" from event_mentions;
select count(*) - count(distinct time_id) as "time ids used twice" from times;
select count(*) - count(distinct key) as "place keys used twice" from places;
select count(*) - count(distinct role_id) as "role ids used twice" from actor_roles;
select count(*) - count(distinct (article_id, sentence_no)) as "sentences numbered twice" from sentences;
select count(*) - count(distinct (actor_id, alias)) as "aliases listed twice" from actor_aliases;
select count(*) - count(distinct (event_mention_id, role, ordinal)) as "participants numbered twice" from participants;

select count(*) as "copies of an article that is missing or a copy itself"
from articles c left join articles o on o.article_id = c.copy_of
where c.copy_of is not null and (o.article_id is null or o.copy_of is not null);

select count(*) as "articles of an unknown run" from articles anti join runs using (run_id);
select count(*) as "sentences without their article" from sentences anti join articles using (article_id);
select count(*) as "mentions without their sentence" from mentions anti join sentences using (article_id, sentence_no);
select count(*) as "times without their sentence" from times anti join sentences using (article_id, sentence_no);
select count(*) as "roles without their sentence" from actor_roles anti join sentences using (article_id, sentence_no);
select count(*) as "event mentions without their sentence"
from event_mentions anti join sentences using (article_id, sentence_no);
select count(*) as "event mentions without their event" from event_mentions anti join events using (event_id);
select count(*) as "events without a mention" from events anti join event_mentions using (event_id);
select count(*) as "participants without their event mention"
from participants anti join event_mentions using (event_mention_id);
select count(*) as "participants without their mention" from participants anti join mentions using (mention_id);
select count(*) as "mentions of a missing actor"
from mentions m anti join actors a on a.actor_id = m.actor_id where m.actor_id is not null;
select count(*) as "participants that are not whom their mention stands for"
from participants p join mentions m using (mention_id) where p.actor_id is distinct from m.actor_id;
select count(*) as "actors that belong to a missing one or to themselves"
from actors a left join actors f on f.actor_id = a.affiliation
where a.affiliation is not null and (f.actor_id is null or f.actor_id = a.actor_id);
select count(*) as "event mentions at a missing time"
from event_mentions m anti join times t on t.time_id = m.time_id and t.article_id = m.article_id
where m.time_id is not null;
select count(*) as "event mentions at a missing place"
from event_mentions m anti join places p on p.place_id = m.place_id where m.place_id is not null;

-- Cutting near the end of a long text reads all of it: there, one sentence in 500 is looked at. One statement for
-- each, so that the condition is met before the join and not once per sentence.
select count(*) as "sentences that are not what their article says there"
from sentences s join articles a using (article_id)
where length(a.text) < 50000 and substring(a.text, s.start_char + 1, s.end_char - s.start_char) <> s.text;
select count(*) as "sentences that are not what their long article says there"
from sentences s join articles a using (article_id)
where s.sentence_no % 500 = 0 and substring(a.text, s.start_char + 1, s.end_char - s.start_char) <> s.text;
select count(*) as "mentions that are not what their sentence says there"
from mentions m join sentences s using (article_id, sentence_no)
where substring(s.text, m.start_char - s.start_char + 1, m.end_char - m.start_char) <> m.text;
select count(*) as "triggers that are not what their sentence says there"
from event_mentions m join sentences s using (article_id, sentence_no)
where substring(s.text, m.start_char - s.start_char + 1, m.end_char - m.start_char) <> m.trigger;

select abs((select coalesce(sum(n_sentences), 0) from articles) - (select count(*) from sentences))
    as "sentences too many or too few";
select abs((select coalesce(sum(n_mentions), 0) from events) - (select count(*) from event_mentions))
    as "event mentions too many or too few";
select abs((select coalesce(sum(n_mentions), 0) from actors) - (select count(actor_id) from mentions))
    as "resolved mentions too many or too few";
select count(*) as "events with more tellers than articles" from events where n_publishers > n_articles;
select count(*) as "dates that end before they start"
from event_mentions where date_end < date_start;
