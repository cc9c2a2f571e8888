-- Which files and records could not be read, and why?
--
-- params:
--   row_limit       bigint          rows of a page; null: all
--   row_offset      bigint          rows to skip; null: none
-- columns: path, line, reason, detail, run_id
-- grain:   path, line
-- shell:   set variable row_limit = null; set variable row_offset = null;
select path, line, reason, detail, run_id
from rejects
order by path, line
limit $row_limit::bigint offset coalesce($row_offset::bigint, 0)
