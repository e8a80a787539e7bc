-- Events that may take a step after an entry, of the units that have one.
-- In a strict funnel with the last instant of the unit before the event: none may lie between two steps.
-- built: table
-- grain: mark
-- uses: funnel_matches, funnel_units, other_events = funnel_events, $steps, $order, $hold, $count
with later as (
  select m.*
  from funnel_matches m
  where not m.is_optional and (m.block_no > 1 or $order::varchar in ('unordered', 'anchored'))
)
-- with order of strict
, instants as (
  select distinct e.unit as unit, e.at_us as at_us
  from other_events e
),
followed as (
  select i.unit as unit, i.at_us as at_us, lag(maybe(i.at_us)) over (partition by i.unit order by i.at_us) as previous_us
  from instants i
)
-- end
select
  u.unit_no as unit_no,
  m.block_no as block_no,
  m.at_us as at_us,
  m.event_no as event_no,
  wide_no(m.at_us * 1024 + m.choice_no, m.event_no) as mark
  -- with steps of within
  , m.within_us as within_us
  -- end
  -- with order of strict
  , f.previous_us as previous_us
  -- end
  -- with order of unordered, anchored
  , m.step_no as step_no
  -- end
  -- with hold
  , m.held as held
  -- end
  -- with count of money
  , m.amount as amount
  -- end
from later m
join funnel_units u on u.unit = m.unit
-- with order of strict
join followed f on f.unit = m.unit and f.at_us = m.at_us
-- end
