-- The age by which half had gone on, as a curve and the limits of its interval say.
-- grain: series_no, segment
-- uses: survival_bands
select
  b.series_no as series_no,
  b.segment as segment,
  min(case when b.survivor <= 0.5e0 + 1e-9 then b.age end) as half_from,
  min(case when b.survivor < 0.5e0 - 1e-9 then b.age end) as under_half_from,
  max(case when abs(b.survivor - 0.5e0) <= 1e-9 then 1 else 0 end) as is_half,
  min(case when b.survivor_low <= 0.5e0 then b.age end) as low_from,
  min(case when b.survivor_high <= 0.5e0 then b.age end) as high_from
from survival_bands b
group by b.series_no, b.segment
