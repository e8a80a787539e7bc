-- Events that can take a step, once for each step they can take.
-- A mark sorts as steps choose among events: the earliest; of simultaneous ones that which can take the fewest steps, then the
-- step that asks for more, then by event. It ends in the event, from its 23rd character on.
-- grain: mark
-- uses: asked_steps, failed_conditions, step_events = funnel_events, any_events = funnel_events, $steps, $hold, $by, $count
with kinds as (
  select
    e.event_id as event_id,
    e.unit as unit,
    e.at_us as at_us,
    e.happened_on as happened_on,
    e.kind as kind,
    -- with hold
    e.held as held,
    -- end
    -- with by
    e.said as said,
    e.told_journey as told_journey,
    -- end
    -- with count of money
    e.amount as amount,
    -- end
    s.step_no as step_no,
    s.conditions as conditions,
    s.pick_no as pick_no,
    s.block_no as block_no,
    s.first_level as first_level,
    s.is_optional as is_optional,
    s.within_us as within_us
  from step_events e
  join asked_steps s on s.kind = e.kind
  where is_in(json_names($steps::varchar, 'kind'), e.kind)
  union all
  select
    e.event_id as event_id,
    e.unit as unit,
    e.at_us as at_us,
    e.happened_on as happened_on,
    e.kind as kind,
    -- with hold
    e.held as held,
    -- end
    -- with by
    e.said as said,
    e.told_journey as told_journey,
    -- end
    -- with count of money
    e.amount as amount,
    -- end
    s.step_no as step_no,
    s.conditions as conditions,
    s.pick_no as pick_no,
    s.block_no as block_no,
    s.first_level as first_level,
    s.is_optional as is_optional,
    s.within_us as within_us
  from any_events e
  cross join (select * from asked_steps a where a.kind = '*') s
  where is_in(json_names($steps::varchar, 'kind'), '*')
),
serving as (
  select s.kind as kind, count(*)::bigint as steps
  from asked_steps s
  group by s.kind
)
select
  k.unit as unit,
  k.at_us as at_us,
  k.happened_on as happened_on,
  -- with hold
  k.held as held,
  -- end
  -- with by
  k.said as said,
  k.told_journey as told_journey,
  -- end
  -- with count of money
  k.amount as amount,
  -- end
  k.step_no as step_no,
  k.block_no as block_no,
  k.first_level as first_level,
  k.is_optional as is_optional,
  k.within_us as within_us,
  lpad((k.at_us + 100000000000000000)::varchar, 18, '0')
    || lpad((coalesce(v.steps, 0) + a.steps)::varchar, 2, '0') || lpad(k.pick_no::varchar, 2, '0') || k.event_id as mark
from kinds k
left join serving v on v.kind = k.kind
cross join (select coalesce(max(s.steps), 0)::bigint as steps from serving s where s.kind = '*') a
where
  (case when k.conditions > 0 then k.step_no::varchar || ' ' || k.event_id end
    in (select f.part_no::varchar || ' ' || f.event_id from failed_conditions f where f.part = 'step')) is not true
