-- Where do events take place?
--
-- params:  none
-- columns: place_key, place, country, precision, latitude, longitude, n_events
-- grain:   place_key
select l.key as place_key, l.name as place, l.country, l.precision, l.latitude, l.longitude, count(*) as n_events
from places l
join events e using (place_id)
group by all
order by n_events desc, place_key
