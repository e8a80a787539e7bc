-- How many went on in each segment, and how many were to be expected if all segments were alike.
-- At each age what went on is shared out among the segments as they were at risk (Mantel 1966).
-- grain: segment
-- uses: survival_curves
with lines as (
  select distinct c.segment as segment
  from survival_curves c
),
every_age as (
  select distinct c.age as age
  from survival_curves c
),
grid as (
  select
    l.segment as segment,
    a.age as age,
    coalesce(c.reached, 0)::bigint as reached,
    coalesce(c.lost, 0)::bigint as lost,
    (coalesce(c.reached, 0) + coalesce(c.lost, 0) + coalesce(c.censored, 0))::bigint as leaving
  from lines l
  cross join every_age a
  left join survival_curves c on c.segment is not distinct from l.segment and c.age = a.age
),
risks as (
  select
    g.*,
    sum(g.leaving) over (partition by g.segment order by g.age desc)::double as at_risk
  from grid g
),
shared as (
  select
    r.*,
    sum(r.at_risk) over (partition by r.age) as all_at_risk,
    sum(r.reached) over (partition by r.age)::double as all_reached
  from risks r
)
select
  s.segment as segment,
  sum(s.leaving)::bigint as people,
  sum(s.reached)::bigint as reached,
  sum(s.lost)::bigint as lost,
  steady_sum(coalesce(safe_ratio(s.all_reached * s.at_risk, s.all_at_risk), 0e0)) as expected,
  steady_sum(coalesce(
    safe_ratio(
      s.all_reached * (s.all_at_risk - s.all_reached) * s.at_risk * (s.all_at_risk - s.at_risk),
      s.all_at_risk * s.all_at_risk * (s.all_at_risk - 1e0)
    ),
    0e0
  )) as variance
from shared s
group by s.segment
