-- Which sentences tell of this event, and by which key does a correction name each?
--
-- report_key is `<article key>#<start>-<end>` of the words that express the act, as the corrections file takes it;
-- start_char and end_char count from the start of the sentence, end exclusive.
--
-- params:
--   event           varchar         the event's key
--   row_limit       bigint          rows; null: all
-- columns: report_key, trigger, event_type, status, rule, confidence, sentence, start_char, end_char, article_key,
--          sentence_no, title, publisher, published
-- grain:   report_key
-- shell:   set variable event = (select min(key) from events); set variable row_limit = 20;
select a.key || '#' || m.start_char || '-' || m.end_char as report_key, m.trigger, m.event_type::varchar as event_type,
    m.status::varchar as status, m.rule, m.confidence, s.text as sentence,
    m.start_char - s.start_char as start_char, m.end_char - s.start_char as end_char, a.key as article_key, m.sentence_no, a.title,
    a.publisher, a.published
from event_mentions m
join events e using (event_id)
join articles a using (article_id)
join sentences s using (article_id, sentence_no)
where e.key = $event::varchar
order by a.published, m.event_mention_id
limit $row_limit::bigint
