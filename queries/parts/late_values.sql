-- Segments whose value more than 5 % of the journeys of a period learned only after step 2, or after step 3.
-- The missing value is where those who never got one gather: it is late as soon as any value is.
-- grain: segment, period_no
-- uses: periods, journey_steps
with seen as (
  select
    s.segment as segment,
    p.period_no as period_no,
    s.journey_id as journey_id,
    max(s.known_step) as known_step
  from journey_steps s
  cross join periods p
  where s.counted_on between p.starts_on and p.ends_on
  group by s.segment, p.period_no, s.journey_id
),
judged as (
  select
    s.segment as segment,
    s.period_no as period_no,
    (20 * sum((s.known_step > 2)::int) > count(*))::int as late_for_2,
    (20 * sum((s.known_step > 3)::int) > count(*))::int as late_for_3
  from seen s
  group by s.segment, s.period_no
)
select j.segment as segment, j.period_no as period_no, j.late_for_2 as late_for_2, j.late_for_3 as late_for_3
from judged j
where j.segment is not null
union all
select null as segment, j.period_no as period_no, max(j.late_for_2) as late_for_2, max(j.late_for_3) as late_for_3
from judged j
group by j.period_no
