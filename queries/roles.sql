-- Which roles do the articles give this actor, and who holds a role in it, from when to when?
--
-- Days are those of the articles that say so: first and last time the role was read, not terms of office. Start and
-- end count characters of the sentence, end exclusive; null where the words reach beyond one sentence. Roles that
-- were read last come first.
--
-- params:
--   actor           varchar         the actor's key
--   row_limit       bigint          rows; null: all
-- columns: role_no, holder_key, holder, role, body_key, body, since, until, sentence, start_char, end_char,
--          article_key, sentence_no, title, publisher, published
-- grain:   role_no
-- shell:   set variable actor = 'country:USA'; set variable row_limit = 50;
with here as (select actor_id from actors where key = $actor::varchar)
select role_id as role_no, h.key as holder_key, h.name as holder, r.role, b.key as body_key, b.name as body, r.since,
    r.until, s.text as sentence, case when r.end_char <= s.end_char then r.start_char - s.start_char end as start_char,
    case when r.end_char <= s.end_char then r.end_char - s.start_char end as end_char, a.key as article_key,
    r.sentence_no, a.title, a.publisher, a.published
from actor_roles r
join actors h on h.actor_id = r.actor_id
left join actors b on b.actor_id = r.affiliation
join articles a using (article_id)
join sentences s on s.article_id = r.article_id and s.sentence_no = r.sentence_no
where r.actor_id in (from here) or r.affiliation in (from here)
order by r.until desc nulls last, role_no
limit $row_limit::bigint
