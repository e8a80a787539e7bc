-- What was known of the way to the step on each day on which a forecast is made, for every age up to the horizon.
-- The horizon is the largest age, of at most the asked one, with 30 journeys still at risk; without one there is no curve.
-- grain: day_no, segment, age
-- uses: survival_curves, $horizon
with known as (
  select c.*
  from survival_curves c
  where c.at_risk >= 30
),
lines as (
  select k.series_no as series_no, k.segment as segment, least(max(k.age), $horizon::bigint)::bigint as horizon_days
  from known k
  group by k.series_no, k.segment
),
every_age as (
  select l.series_no as series_no, l.segment as segment, l.horizon_days as horizon_days, g.generate_series::bigint as age
  from lines l
  cross join generate_series(0, 365) g
  where g.generate_series::bigint <= l.horizon_days
)
select
  a.series_no as day_no,
  a.segment as segment,
  a.age as age,
  a.horizon_days as horizon_days,
  coalesce(max(k.incidence) over w, 0e0) as incidence,
  1e0 - coalesce(max(k.incidence) over w, 0e0) - coalesce(max(k.loss_incidence) over w, 0e0) as open_share,
  coalesce(max(k.sum_a) over w, 0e0) as sum_a,
  coalesce(max(k.sum_af) over w, 0e0) as sum_af,
  coalesce(max(k.sum_aff) over w, 0e0) as sum_aff,
  coalesce(max(k.sum_b) over w, 0e0) as sum_b,
  coalesce(max(k.sum_c) over w, 0e0) as sum_c,
  coalesce(max(k.sum_cf) over w, 0e0) as sum_cf
from every_age a
left join known k on k.series_no = a.series_no and k.segment is not distinct from a.segment and k.age = a.age
window w as (partition by a.series_no, a.segment order by a.age)
