-- Which words of this article are sentences, acts, their participants, other actors, dates and places?
--
-- Offsets count characters of the article's text, end exclusive.
--
-- params:
--   article         varchar         the article's key
-- columns: kind, start_char, end_char, sentence_no, label, event_key, event_type, status
-- grain:   kind, start_char, end_char, event_key
-- shell:   set variable article = (select min(key) from articles);
with here as (select article_id from articles where key = $article::varchar)
select 'sentence' as kind, start_char, end_char, sentence_no, null as label, null as event_key, null as event_type,
    null as status
from sentences
join here using (article_id)
union all
select 'actor', n.start_char, n.end_char, n.sentence_no, string_agg(distinct a.name, ', ' order by a.name), null, null,
    null
from mentions n
join here using (article_id)
left join actors a using (actor_id)
group by n.start_char, n.end_char, n.sentence_no
union all
select p.role::varchar, n.start_char, n.end_char, n.sentence_no, string_agg(distinct a.name, ', ' order by a.name), null,
    null, null
from participants p
join mentions n using (mention_id)
join here using (article_id)
left join actors a on a.actor_id = p.actor_id
group by p.role, n.start_char, n.end_char, n.sentence_no
union all
select 'date', start_char, end_char, sentence_no, any_value(date_start)::varchar, null, null, null
from times
join here using (article_id)
group by start_char, end_char, sentence_no
union all
select distinct 'act', m.start_char, m.end_char, m.sentence_no, m.event_type::varchar, e.key, m.event_type::varchar,
    m.status::varchar
from event_mentions m
join here using (article_id)
join events e using (event_id)
union all
select distinct 'place', m.place_start, m.place_end, m.sentence_no, l.name, null, null, null
from event_mentions m
join here using (article_id)
left join places l on l.place_id = m.place_id
where m.place_start is not null
order by 2, 3 desc, 1, 6
