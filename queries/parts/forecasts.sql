-- What each cohort is expected to come to in the end, and how far off that may be.
-- The interval is that of a normal distribution with the variance of chance and of the curve, widened by the dispersion of past
-- errors, within what has come and what still can. Of an age without forecasts to judge, the dispersion is 1.
-- grain: day_no, segment, starts_on
-- uses: forecast_steps, forecast_errors
with spread as (
  select
    s.*,
    coalesce(e.forecasts, 0)::bigint as past_forecasts,
    coalesce(e.dispersion, 1e0) as dispersion,
    sqrt(s.chance_variance + s.curve_spread * s.curve_spread) as stated_error,
    sqrt(coalesce(e.dispersion, 1e0) * (s.chance_variance + s.curve_spread * s.curve_spread)) as error
  from forecast_steps s
  left join forecast_errors e
    on e.until_no = s.until_no and e.segment is not distinct from s.segment and e.age_weeks = whole(floor(greatest(s.cohort_age, 0) / 7e0))
  where s.is_final and s.horizon_days is not null
)
select
  s.*,
  s.reached::double + s.coming as expected,
  greatest(s.reached::double + s.coming - 1.2815515655446004e0 * s.error, s.reached::double) as low_80,
  least(s.reached::double + s.coming + 1.2815515655446004e0 * s.error, s.reached::double + s.open) as high_80,
  greatest(s.reached::double + s.coming - 1.959963984540054e0 * s.error, s.reached::double) as low_95,
  least(s.reached::double + s.coming + 1.959963984540054e0 * s.error, s.reached::double + s.open) as high_95
from spread s
