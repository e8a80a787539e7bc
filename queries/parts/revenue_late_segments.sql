-- Segments whose value more than 5 % of the journeys of a period of either side learned only after step 2, or after step 3 (known after the
-- fact): their rates from that step compare winners with everybody. The missing value is where those who never got one
-- gather: it is late as soon as any value is.
-- grain: segment
-- uses: asked_journey_days, periods
with periods_of_sides as (
  select
    j.segment as segment,
    (20 * sum(case when j.known_step > 2 then j.people else 0 end) > sum(j.people))::int as late_for_2,
    (20 * sum(case when j.known_step > 3 then j.people else 0 end) > sum(j.people))::int as late_for_3
  from asked_journey_days j
  cross join periods p
  where
    j.began_on between p.starts_on and p.ends_on
    or j.active_on between p.starts_on and p.ends_on
    or j.bought_on between p.starts_on and p.ends_on
  group by j.segment, p.side, p.starts_on
)
select s.segment as segment, max(s.late_for_2) as late_for_2, max(s.late_for_3) as late_for_3
from periods_of_sides s
where s.segment is not null
group by s.segment
union all
select null::varchar as segment, coalesce(max(s.late_for_2), 0) as late_for_2, coalesce(max(s.late_for_3), 0) as late_for_3
from periods_of_sides s
