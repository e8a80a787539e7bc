-- The attempts, each with the number of its unit and how many of them the unit has.
-- built: table
-- grain: attempt
-- uses: funnel_begins, funnel_units, $hold, $count
select
  b.attempt as attempt,
  b.unit as unit,
  u.unit_no as unit_no,
  u.attempts as attempts,
  b.entry_level as entry_level,
  b.started_us as started_us,
  b.event_no as event_no,
  b.said as said,
  b.told_journey as told_journey,
  b.step_no as step_no
  -- with hold
  , b.held as held
  -- end
  -- with count of money
  , b.amount as amount
  -- end
from funnel_begins b
join funnel_units u on u.unit = b.unit
