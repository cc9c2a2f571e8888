-- How does each independent teller tell of an event, and where do they differ?
--
-- One row per publisher that tells of it in words of its own; those who print its text stand in `copied_by`. An event
-- that denies the asked one, or that it denies, is the same act told the other way and comes along (`relation`). What
-- a teller says in several sentences is put together: its latest status, its most exact date, all its participants,
-- claimants and numbers; `sentence` is the fullest one. `differs` names what speaks against other tellers:
--   status, type   other than the event's
--   date           no day in common with the event's
--   source, target nobody in common with any other teller's, nor of the same state or body
--   claimant       all on other authorities' word
--   place          another town, or another country
--   number         another figure for what some other teller counts too ("12 soldiers", "15 soldiers")
-- What a teller leaves out differs from nothing.
--
-- params:
--   event  varchar  key of the event
-- columns: event_key, teller, relation, differs, status, event_type, mode, sources, targets, claimants, date_start,
--          date_end, date_precision, date_basis, place, numbers, sentence, sentence_no, article_key, title,
--          publisher, published, url, copied_by, n_reports
-- grain:   event_key, teller
-- shell:   set variable event = (select key from events order by n_publishers desc, event_id limit 1);
with asked as (
    select * from events where key = $event::varchar),
told_events as (
    select event_id, 'tells' as relation from asked
    union
    select l.event_id, 'denies' from event_links l join asked a on a.event_id = l.other_id where relation = 'denies'
    union
    select l.other_id, 'is denied' from event_links l join asked a using (event_id) where relation = 'denies'),
tellers as (
    select a.article_id, coalesce(o.publisher, o.path) as teller, a.publisher as printed_by, a.copy_of
    from articles a
    join articles o on o.article_id = coalesce(a.copy_of, a.article_id)),
reports as (
    select v.relation, t.teller, m.*, m.date_basis in ('explicit', 'relative') as dated, s.text as sentence,
        s.start_char as sentence_start, a.published,
        (m.date_basis in ('explicit', 'relative'))::integer + (m.place_id is not null)::integer + len(p.sources)
            + len(p.targets) + len(p.claimants) as fullness
    from event_mentions m
    join told_events v using (event_id)
    join tellers t using (article_id)
    join articles a using (article_id)
    join sentences s using (article_id, sentence_no)
    join mention_parties p using (event_mention_id)
    where a.copy_of is null),
copies as (
    select m.event_id, t.teller, list(distinct t.printed_by order by t.printed_by) as copied_by
    from event_mentions m
    join told_events v using (event_id)
    join tellers t using (article_id)
    where t.copy_of is not null and t.printed_by is distinct from t.teller
    group by all),

-- Numbers: what is left of a sentence without its dates and names, read from left to right.
cuts as (
    select event_mention_id, t.start_char - sentence_start as first_char, t.end_char - sentence_start as end_char
    from reports r
    join times t using (article_id, sentence_no)
    union
    select event_mention_id, m.start_char - sentence_start, m.end_char - sentence_start
    from reports r
    join mentions m using (article_id, sentence_no)
    where m.form in ('name', 'abbreviation')
    union
    select event_mention_id, length(sentence), length(sentence) from reports),
pieces as (
    select r.event_id, r.teller, r.event_mention_id, c.first_char, r.sentence[coalesce(max(c.end_char) over (
        partition by event_mention_id order by c.first_char, c.end_char
        rows between unbounded preceding and 1 preceding), 0) + 1:c.first_char] as piece
    from cuts c
    join reports r using (event_mention_id)),
words_for as (
    select map {'two': 2, 'three': 3, 'four': 4, 'five': 5, 'six': 6, 'seven': 7, 'eight': 8, 'nine': 9, 'ten': 10,
        'eleven': 11, 'twelve': 12, 'fifteen': 15, 'twenty': 20, 'thirty': 30, 'forty': 40, 'fifty': 50, 'sixty': 60,
        'seventy': 70, 'eighty': 80, 'ninety': 90, 'dozens': null, 'hundreds': null, 'thousands': null} as amount_of),
-- "at least 30 Iranian soldiers", "12 killed", "5 million": a qualifier, the amount, and up to a plural what is counted.
figures as (
    select event_id, teller, unnest(regexp_extract_all(piece, concat(
        '(?:\b(?i:at least|more than|fewer than|less than|about|around|nearly|almost|some|up to) )?',
        '(?:[$€£]|\b)(?:\d+(?:[.,]\d+)*|(?i:', array_to_string(map_keys(amount_of), '|'), ')\b)(?:-\w+)*',
        '(?: ?(?:%|(?:per cent|percent|hundred|thousand|million|billion|dozen)\b))?',
        '(?: (?:[\pL-]+ ){0,2}?(?:\pL+s|people|men|women|children|police|killed|dead|wounded|injured|missing)\b)?'))) as figure,
        amount_of
    from pieces
    cross join words_for),
counted as (
    select distinct event_id, teller, figure, rtrim(regexp_extract(figure, '(\pL+|%)$', 1), 's') as thing,
        coalesce(try_cast(replace(regexp_extract(figure, '\d[\d.,]*'), ',', '') as double),
            amount_of[lower(regexp_extract(figure, concat('(?i)\b(', array_to_string(map_keys(amount_of), '|'), ')\b')))])
            * case regexp_extract(figure, '\b(hundred|thousand|million|billion|dozen)\b')
                when 'hundred' then 1e2 when 'thousand' then 1e3 when 'million' then 1e6 when 'billion' then 1e9
                when 'dozen' then 12 else 1 end as amount
    from figures
    where not regexp_matches(figure, '\w-\w')),
numbers as (
    select event_id, teller, list(distinct figure order by figure) as numbers from counted group by all),
odd_numbers as (
    select distinct c.event_id, c.teller
    from counted c
    join counted o on o.teller <> c.teller and o.thing = c.thing and c.thing <> ''
    group by c.event_id, c.teller, c.thing, o.teller
    having not bool_or(c.amount = o.amount)),

takers as (
    select r.event_id, r.teller, p.role, p.ordinal, coalesce(a.name, m.text) as name, a.actor_id,
        coalesce(a.country, b.country, b.key, a.key) as root
    from reports r
    join participants p using (event_mention_id)
    join mentions m using (mention_id)
    left join actors a on a.actor_id = p.actor_id
    left join actors b on b.actor_id = a.affiliation),
parties as (
    select event_id, teller,
        coalesce(list(distinct name order by name) filter (role = 'source'), []) as sources,
        coalesce(list(distinct name order by name) filter (role = 'target'), []) as targets,
        coalesce(list(distinct name order by name) filter (role = 'claimant'), []) as claimants
    from takers
    group by all),
-- By role: whom each teller names; a state stands for those who belong to it. Unnamed groups contradict nobody.
stood as (
    select t.event_id, t.teller, t.role, list(distinct t.root) as roots
    from takers t
    where t.root is not null and not starts_with(t.root, 'group:')
    group by all),
odd_parties as (
    select s.event_id, s.teller, s.role
    from stood s
    join stood o on o.teller <> s.teller and o.role = s.role
    cross join asked a
    where s.role = 'claimant' or not a.reciprocal
    group by s.event_id, s.teller, s.role
    having not bool_or(list_has_any(s.roots, o.roots))),

accounts as (
    select event_id, relation, teller,
        arg_max(status, (published, event_mention_id)) as status,
        arg_max(event_type, (fullness, -event_mention_id)) as event_type,
        arg_max(mode, (fullness, -event_mention_id)) as mode,
        coalesce(arg_min({'first': date_start, 'last': date_end, 'grain': date_precision, 'basis': date_basis},
            (date_precision, event_mention_id)) filter (dated),
            arg_min({'first': date_start, 'last': date_end, 'grain': date_precision, 'basis': date_basis},
            event_mention_id)) as day,
        arg_max(place_id, (fullness, -event_mention_id)) as place_id,
        arg_max({'sentence': sentence, 'sentence_no': sentence_no, 'article_id': article_id},
            (fullness, -event_mention_id)) as told,
        count(*) as n_reports
    from reports
    group by all),
compared as (
    select c.*, p.name as place,
        list_filter([
            case when c.status <> a.status then 'status' end,
            case when c.event_type <> a.event_type then 'type' end,
            case when c.day.basis in ('explicit', 'relative')
                and (coalesce(c.day.last, 'infinity') < a.date_start or coalesce(a.date_end, 'infinity') < c.day.first)
                then 'date' end,
            case when exists (from odd_parties o where o.teller = c.teller and o.event_id = c.event_id and o.role = 'source')
                then 'source' end,
            case when exists (from odd_parties o where o.teller = c.teller and o.event_id = c.event_id and o.role = 'target')
                then 'target' end,
            case when exists (from odd_parties o where o.teller = c.teller and o.event_id = c.event_id and o.role = 'claimant')
                then 'claimant' end,
            case when p.country <> q.country or p.precision = 'city' and q.precision = 'city' and p.place_id <> q.place_id
                then 'place' end,
            case when exists (from odd_numbers o where o.event_id = c.event_id and o.teller = c.teller) then 'number' end],
            lambda what: what is not null) as differs
    from accounts c
    cross join asked a
    left join places p on p.place_id = c.place_id
    left join places q on q.place_id = a.place_id)
select e.key as event_key, c.teller, c.relation, c.differs, c.status, c.event_type, c.mode, coalesce(sources, []) as sources,
    coalesce(targets, []) as targets, coalesce(claimants, []) as claimants, c.day.first as date_start,
    c.day.last as date_end, c.day.grain as date_precision, c.day.basis as date_basis, c.place,
    coalesce(numbers, []) as numbers, c.told.sentence as sentence, c.told.sentence_no as sentence_no,
    a.key as article_key, a.title, a.publisher, a.published, a.url, coalesce(copied_by, []) as copied_by, c.n_reports
from compared c
join events e using (event_id)
join articles a on a.article_id = c.told.article_id
left join parties using (event_id, teller)
left join numbers using (event_id, teller)
left join copies using (event_id, teller)
order by len(c.differs) desc, a.published, c.teller, e.key
