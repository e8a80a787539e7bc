-- The units that begin an attempt, numbered by the lowest of them: numbers are compared faster than texts.
-- built: table
-- grain: unit
-- uses: funnel_begins
select b.unit as unit, min(b.attempt) as unit_no, count(*)::bigint as attempts
from funnel_begins b
group by b.unit
