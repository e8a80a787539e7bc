-- The units that begin an attempt, numbered by the lowest of them: numbers are compared faster than texts.
-- built: table
-- grain: unit
-- uses: funnel_entries
select e.unit as unit, min(e.attempt) as unit_no
from funnel_entries e
group by e.unit
