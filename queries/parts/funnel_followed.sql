-- Those who took a step and came no further, each with the next three events of any kind, in time, up to as_of.
-- grain: attempt
-- uses: funnel_taken, next_events = funnel_events, $step_no
with stopped as (
  select t.attempt as attempt, t.unit as unit, t.segment as segment, t.became as became, t.at_us as at_us, t.event_no as event_no
  from funnel_taken t
  where t.step_no = $step_no::bigint and t.is_last and t.became <> 'converted'
),
followed as (
  select
    s.attempt as attempt,
    n.kind as kind,
    n.at_us - s.at_us as waited_us,
    row_number() over (partition by s.attempt order by n.at_us, n.event_no) as place
  from stopped s
  join next_events n on n.unit = s.unit
  where n.at_us > s.at_us or (n.at_us = s.at_us and n.event_no > s.event_no)
),
began as (
  select
    f.attempt as attempt,
    min(case when f.place = 1 then f.kind end) as first_kind,
    min(case when f.place = 2 then f.kind end) as second_kind,
    min(case when f.place = 3 then f.kind end) as third_kind,
    min(case when f.place = 1 then f.waited_us end) as waited_us
  from followed f
  where f.place <= 3
  group by f.attempt
)
select
  s.attempt as attempt,
  s.segment as segment,
  s.became as became,
  b.first_kind as first_kind,
  b.second_kind as second_kind,
  b.third_kind as third_kind,
  b.waited_us as waited_us
from stopped s
left join began b on b.attempt = s.attempt
