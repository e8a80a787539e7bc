-- The attempts that took one step of a funnel, each with whether it took the other one, whether it still can, and whether its
-- whole window has run out on the data's last day, whatever became of it: only such attempts can be compared, since whoever
-- entered lately had less time.
-- grain: attempt
-- uses: funnel_taken, $from_step, $to_step, $window, $window_unit, $as_of
select
  t.attempt as attempt,
  min(t.segment) as segment,
  min(case when t.step_no = $from_step::bigint then t.event_no end) as event_no,
  max((t.became = 'open')::int) as is_open,
  max((t.step_no = $to_step::bigint)::int) as went_on,
  (min(t.started_us) + $window::bigint * (case $window_unit::varchar when 'second' then 1 when 'minute' then 60 when 'hour' then 3600 when 'day' then 86400 else 604800 end)::bigint * 1000000
    < microseconds_of(add_days($as_of::date, 1)::timestamp))::int as is_over
from funnel_taken t
where t.step_no in ($from_step::bigint, $to_step::bigint)
group by t.attempt
having max((t.step_no = $from_step::bigint)::int) = 1
