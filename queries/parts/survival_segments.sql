-- Each segment's curve in one row, and the log-rank test of the segments.
-- grain: segment
-- uses: survival_medians, survival_horizons, log_rank
with counted as (
  select count(*)::bigint as segments, steady_sum(power(r.reached - r.expected, 2e0) / nullif(r.expected, 0)) as all_chi_square
  from log_rank r
),
tested as (
  select
    r.segment as segment,
    r.people as people,
    r.reached as reached,
    r.lost as lost,
    r.expected as expected,
    r.variance as variance,
    m.half_from as half_from,
    m.under_half_from as under_half_from,
    m.is_half as is_half,
    m.low_from as low_from,
    m.high_from as high_from,
    h.horizon_days as horizon_days,
    h.incidence as horizon_rate,
    1e0 - h.survivor_high as horizon_low,
    1e0 - h.survivor_low as horizon_high,
    h.loss_incidence as horizon_lost_rate,
    c.segments as segments,
    case when c.segments > 1 then power(r.reached - r.expected, 2e0) / nullif(r.variance, 0) end as chi_square,
    c.all_chi_square as all_chi_square
  from log_rank r
  join survival_medians m on m.segment is not distinct from r.segment
  left join survival_horizons h on h.segment is not distinct from r.segment
  cross join counted c
)
select
  t.segment::varchar as segment,
  t.people::bigint as people,
  t.reached::bigint as events,
  t.lost::bigint as losses,
  (case when t.is_half = 1 and t.under_half_from is not null then (t.half_from + t.under_half_from) / 2e0 else t.half_from end)::double as median_days,
  t.low_from::double as median_low,
  t.high_from::double as median_high,
  t.horizon_days::bigint as horizon_days,
  t.horizon_rate::double as horizon_rate,
  t.horizon_low::double as horizon_low,
  t.horizon_high::double as horizon_high,
  t.horizon_lost_rate::double as horizon_lost_rate,
  t.expected::double as expected_events,
  t.variance::double as variance,
  t.chi_square::double as chi_square,
  null::double as p,
  case when t.segments > 1 and t.expected < 10 then 'too_few' end::varchar as verdict,
  case when t.segments = 2 then t.chi_square when t.segments > 2 then t.all_chi_square end::double as all_chi_square,
  case when t.segments > 1 then t.segments - 1 end::bigint as all_degrees,
  null::double as all_p
from tested t
