-- Forecasts of past days whose end is known: what they said, and what came.
-- grain: day_no, segment, starts_on
-- uses: forecasts, forecast_days
select
  f.segment as segment,
  whole(floor(f.cohort_age / 7e0)) as age_weeks,
  d.made_on as made_on,
  f.starts_on as starts_on,
  f.people as people,
  f.reached as so_far,
  f.expected as expected,
  f.low_80 as low_80,
  f.high_80 as high_80,
  f.low_95 as low_95,
  f.high_95 as high_95,
  f.reached + f.came as came,
  (f.reached + f.came between f.low_80 - 1e-9 and f.high_80 + 1e-9)::int as within_80,
  (f.reached + f.came between f.low_95 - 1e-9 and f.high_95 + 1e-9)::int as within_95,
  f.dispersion as dispersion,
  f.stated_error as stated_error,
  f.horizon_days as horizon_days
from forecasts f
join forecast_days d on d.day_no = f.day_no
