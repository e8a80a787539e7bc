-- What each attempt may take after its entry: events of its unit within its window.
-- In a strict funnel with the last instant of the unit before the event: none may lie between two steps.
-- grain: attempt, mark
-- uses: funnel_matches, funnel_entries, other_events = funnel_events, $window, $window_unit, $tolerance, $order, $hold, $count
with asked as (
  select
    $window::bigint * (case $window_unit::varchar when 'second' then 1 when 'minute' then 60 when 'hour' then 3600 when 'day' then 86400 else 604800 end)::bigint * 1000000 as window_us,
    $tolerance::bigint * 1000000 as tolerance_us
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
  a.attempt as attempt,
  m.block_no as block_no,
  m.at_us as at_us,
  m.within_us as within_us,
  m.event_no as event_no,
  wide_no(m.at_us * 1024 + m.choice_no, m.event_no) as mark
  -- with order of strict
  , f.previous_us as previous_us
  -- end
  -- with order of unordered, anchored
  , m.step_no as step_no
  -- end
  -- with count of money
  , m.amount as amount
  -- end
from funnel_matches m
join funnel_entries a on a.unit = m.unit
cross join asked k
-- with order of strict
join followed f on f.unit = m.unit and f.at_us = m.at_us
-- end
where
  not m.is_optional
  and (m.block_no > 1 or $order::varchar in ('unordered', 'anchored'))
  and m.event_no <> a.event_no
  and m.at_us >= a.started_us - k.tolerance_us
  and m.at_us <= a.started_us + k.window_us
  -- with hold
  and ($hold::varchar is null or m.held = a.held)
  -- end
