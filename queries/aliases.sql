-- Under which names do the articles speak of this actor?
--
-- Names as they stand in the texts. n_mentions counts every mention by that name; near copies of an article are not
-- read, so they add nothing.
--
-- params:
--   actor           varchar         the actor's key
--   row_limit       bigint          rows; null: all
-- columns: alias, form, n_mentions, n_articles, first_published, last_published
-- grain:   alias
-- shell:   set variable actor = 'country:USA'; set variable row_limit = 50;
with here as (select actor_id from actors where key = $actor::varchar),
spoken as (
    select n.text as alias, mode(n.form) as form, count(*) as n_mentions, count(distinct n.article_id) as n_articles,
        min(a.published) as first_published, max(a.published) as last_published
    from mentions n
    join here using (actor_id)
    join articles a using (article_id)
    group by n.text)
select s.*
from spoken s
where s.alias in (select alias from actor_aliases join here using (actor_id))
order by n_mentions desc, alias
limit $row_limit::bigint
