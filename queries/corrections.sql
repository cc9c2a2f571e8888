-- Which of the analyst's corrections is this snapshot made with, and how many rows did each change?
--
-- Lines of `<stem>.corrections.csv` as they were at publishing. Rows are mentions for what is said of actors, event
-- mentions for events; 0 means that the line matched nothing.
--
-- params:  none
-- columns: key, action, value, made_by, made_on, rows_changed
-- grain:   key, action, value
select key, action, value, made_by, made_on, rows_changed
from corrections
order by made_on desc nulls last, key, action, value
