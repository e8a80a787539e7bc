-- The fields that the filters name.
-- grain: field
-- uses: $where
select distinct substring(w.entry, 1, position('=' in w.entry) - 1) as field
from (select unnest($where::varchar[]) as entry) w
