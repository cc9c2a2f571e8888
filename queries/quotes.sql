-- Where do these sentences stand, and which of their words say who, what, whom and when?
--
-- The rows are those of `evidence`, asked by number, whatever the filter.
--
-- params:
--   evidence_nos    bigint[]        numbers of `evidence`
-- columns: evidence_no, event_key, event_type, mode, quad_class, score, status, date_start, date_end,
--          date_precision, date_basis, sources, targets, claimants, trigger, date_text, place, sentence, spans,
--          article_key, sentence_no, title, publisher, published, url, n_publishers, confidence, rule
-- grain:   evidence_no
-- shell:   set variable evidence_nos = [0, 1];
with page as (
    select e.key, e.quad_class, e.score, e.n_publishers, m.*, a.key as article_key, a.title, a.publisher, a.published,
        a.url, s.text as sentence, s.start_char as sentence_start, s.end_char as sentence_end
    from event_mentions m
    join events e using (event_id)
    join articles a using (article_id)
    join sentences s using (article_id, sentence_no)
    where m.event_mention_id in (select unnest($evidence_nos::bigint[]))),
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
order by event_mention_id
