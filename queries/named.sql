-- Which sentences speak of this actor by this name?
--
-- Start and end count characters of the sentence, end exclusive; mention_key is `<article key>#<start>-<end>` in
-- characters of the article, as the corrections file names a mention. Newest articles first.
--
-- params:
--   actor           varchar         the actor's key
--   alias           varchar         the name as it stands in the text; null: by any name, title or pronoun
--   row_limit       bigint          rows; null: all
-- columns: mention_no, mention_key, text, form, rule, confidence, sentence, start_char, end_char, article_key,
--          sentence_no, title, publisher, published, url
-- grain:   mention_no
-- shell:   set variable actor = 'country:USA'; set variable alias = null; set variable row_limit = 20;
with page as (
    select n.*, a.key as article_key, a.title, a.publisher, a.published, a.url
    from mentions n
    join actors using (actor_id)
    join articles a using (article_id)
    where actors.key = $actor::varchar and ($alias::varchar is null or n.text = $alias::varchar)
    order by a.published desc, mention_id
    limit $row_limit::bigint)
select mention_id as mention_no, article_key || '#' || p.start_char || '-' || p.end_char as mention_key, p.text, form, rule, confidence, s.text as sentence,
    p.start_char - s.start_char as start_char, p.end_char - s.start_char as end_char, article_key, sentence_no, title,
    publisher, published, url
from page p
join sentences s using (article_id, sentence_no)
order by published desc, mention_id
