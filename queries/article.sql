-- What does this article say, and who repeated it?
--
-- params:
--   article         varchar         the article's key
-- columns: article_key, title, publisher, published, url, path, external_id, text, n_sentences, n_events,
--          copy_of_key, copies
-- grain:   article_key
-- shell:   set variable article = (select min(key) from articles);
select a.key as article_key, a.title, a.publisher, a.published, a.url, a.path, a.external_id, a.text, a.n_sentences,
    (select count(distinct event_id) from event_mentions m where m.article_id = a.article_id) as n_events,
    o.key as copy_of_key,
    coalesce((
        select list({'article_key': c.key, 'publisher': c.publisher, 'published': c.published} order by c.published)
        from articles c
        where c.copy_of = a.article_id), []) as copies
from articles a
left join articles o on o.article_id = a.copy_of
where a.key = $article::varchar
