-- Segments whose value more than 5 % of the journeys of a period learned only after step 2, or after step 3.
-- The missing value is where those who never got one gather: it is late as soon as any value is.
-- grain: segment, period_no
-- uses: $view, periods, asked_journey_days
with seen as (
  select
    j.segment as segment,
    p.period_no as period_no,
    j.known_step as known_step,
    j.people as people
  from asked_journey_days j
  cross join periods p
  where
    j.began_on between p.starts_on and p.ends_on
    or (
      $view::varchar = 'period'
      and (
        j.active_on between p.starts_on and p.ends_on
        or j.bought_on between p.starts_on and p.ends_on
        or j.bought_again_on between p.starts_on and p.ends_on
        or j.brought_friend_on between p.starts_on and p.ends_on
      )
    )
),
judged as (
  select
    s.segment as segment,
    s.period_no as period_no,
    (20 * sum(case when s.known_step > 2 then s.people else 0 end) > sum(s.people))::int as late_for_2,
    (20 * sum(case when s.known_step > 3 then s.people else 0 end) > sum(s.people))::int as late_for_3
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
