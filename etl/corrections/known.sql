-- What this snapshot knows of the keys in `named`: actors, events and articles, and how they are called.
select key, name, kind::varchar as kind from actors where key in (select key from named)
union all
select key, event_type::varchar, 'event' from events where key in (select key from named)
union all
select key, coalesce(title, path), 'article' from articles where key in (select key from named)
