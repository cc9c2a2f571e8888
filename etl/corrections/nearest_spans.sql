-- Which mentions and triggers of this article stand nearest to these characters?
with spans as (
    select article_id, start_char, end_char, text from mentions
    union
    select article_id, start_char, end_char, trigger from event_mentions)
select a.key || '#' || s.start_char || '-' || s.end_char as key, s.text as name
from spans s
join articles a using (article_id)
where a.key = $article
order by abs(s.start_char - $start_char::bigint) + abs(s.end_char - $end_char::bigint), s.start_char
limit 3
