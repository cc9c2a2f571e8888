-- Which files and records could not be read, and why?
--
-- params:
--   paths           varchar[]       only of these files, by their names in the database; null: all
--   row_limit       bigint          rows of a page; null: all
--   row_offset      bigint          rows to skip; null: none
-- columns: path, line, reason, detail, run_id
-- grain:   path, line
-- shell:   set variable paths = null; set variable row_limit = null; set variable row_offset = null;
select path, line, reason, detail, run_id
from rejects
where $paths::varchar[] is null or list_contains($paths::varchar[], path)
order by path, line, reason
limit $row_limit::bigint offset coalesce($row_offset::bigint, 0)
