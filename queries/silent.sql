-- What did we miss? Sentences that name two or more actors and report no event.
--
-- Newest articles first, within an article the sentences with most actors first; near copies are left out.
--
-- params:
--   actors          varchar[]       keys of actors, any of whom the sentence names; null: all
--   date_from       date            first day of publication; null: no lower bound
--   date_to         date            last day of publication, inclusive; null: no upper bound
--   publishers      varchar[]       null: all
--   row_limit       bigint          rows of a page; null: all
--   row_offset      bigint          rows to skip; null: none
-- columns: article_key, sentence_no, title, publisher, published, sentence, actors, n_actors
-- grain:   article_key, sentence_no
-- shell:   set variable actors = null; set variable date_from = null; set variable date_to = null;
--          set variable publishers = null; set variable row_limit = 20; set variable row_offset = null;
with asked as (
    select article_id, key, title, publisher, published
    from articles
    where copy_of is null
        and ($publishers::varchar[] is null or list_contains($publishers::varchar[], publisher))
        and ($date_from::date is null or published >= $date_from::date)
        and ($date_to::date is null or published <= $date_to::date)),
named as (
    select m.article_id, m.sentence_no, count(distinct m.actor_id) as n_actors,
        list_sort(list(distinct a.name)) as actors
    from mentions m
    join asked using (article_id)
    join actors a using (actor_id)
    where m.form <> 'pronoun'
    group by m.article_id, m.sentence_no
    having count(distinct m.actor_id) > 1
        and ($actors::varchar[] is null or bool_or(list_contains($actors::varchar[], a.key))))
select s.key as article_key, n.sentence_no, s.title, s.publisher, s.published, t.text as sentence, n.actors, n.n_actors
from named n
anti join event_mentions e on e.article_id = n.article_id and e.sentence_no = n.sentence_no
join asked s on s.article_id = n.article_id
join sentences t on t.article_id = n.article_id and t.sentence_no = n.sentence_no
order by s.published desc, s.key, n.n_actors desc, n.sentence_no
limit $row_limit::bigint offset coalesce($row_offset::bigint, 0)
