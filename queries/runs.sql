-- When was this database made, by which model, and from how much?
--
-- params:  none
-- columns: run_id, started, finished, model, version, articles_read, articles_new, articles_rejected,
--          mentions, event_mentions
-- grain:   run_id
select run_id, started, finished, model, version, articles_read, articles_new, articles_rejected, mentions, event_mentions
from runs
order by run_id desc
