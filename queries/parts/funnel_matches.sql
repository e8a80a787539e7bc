-- Events that can take a step, once for each step they can take.
-- Steps choose the earliest event, of simultaneous ones that with the lowest choice_no: which can take the fewest steps, and
-- then for the step that asks for more; and of those the one with the lowest number. Where each row surely finds its partner among the few asked ones, a left
-- join tells the planner so: it would take an inner one for a filter that leaves next to nothing.
-- grain: event_no, step_no
-- uses: asked_kinds, failed_conditions, step_events = funnel_events, $steps, $hold, $count
select
  e.unit as unit,
  e.at_us as at_us,
  e.event_no as event_no,
  e.said as said,
  case when e.said is null then e.told_journey end as told_journey,
  k.step_no as step_no,
  k.block_no as block_no,
  k.first_level as first_level,
  k.is_optional as is_optional,
  k.serves * 32 + k.pick_no as choice_no
  -- with steps of within
  , k.within_us as within_us
  -- end
  -- with hold
  , e.held as held
  -- end
  -- with count of money
  , e.amount as amount
  -- end
from step_events e
left join asked_kinds k on k.kind = case when is_in(json_names($steps::varchar, 'kind'), e.kind) then e.kind else '*' end
-- with steps of conditioned
anti join failed_conditions f on f.part = 'step' and f.event_no = e.event_no and f.part_no = k.step_no
-- end
where
  (is_in(json_names($steps::varchar, 'kind'), e.kind) or is_in(json_names($steps::varchar, 'kind'), '*'))
