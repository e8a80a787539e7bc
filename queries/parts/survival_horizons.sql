-- What a curve has come to at the last age that it tells of: the largest, of at most 365 days, with 30 still open.
-- grain: segment
-- uses: survival_bands
select
  b.segment as segment,
  b.age as horizon_days,
  b.incidence as incidence,
  b.survivor_low as survivor_low,
  b.survivor_high as survivor_high,
  b.loss_incidence as loss_incidence
from survival_bands b
where b.at_risk >= 30 and b.age <= 365
qualify row_number() over (partition by b.segment order by b.age desc) = 1
