-- By how much forecasts of the past year erred more than they said they would, for cohorts of about the same age.
-- The dispersion is the squared errors of all forecasts of cohorts of this age, a week younger or older, over the variances
-- that they stated, until the day that judges them; at least 1, and 1 where fewer than eight forecasts can be judged
-- (McCullagh & Nelder 1989, Generalized Linear Models, 4.5).
-- grain: until_no, segment, age_weeks
-- uses: forecast_steps
with judged as (
  select
    s.until_no as until_no,
    s.segment as segment,
    whole(floor(s.cohort_age / 7e0)) as age_weeks,
    power(s.came - s.coming, 2e0) as squared_error,
    s.chance_variance + s.curve_spread * s.curve_spread as variance
  from forecast_steps s
  where not s.is_final and s.chance_variance > 0
),
near as (
  select j.until_no as until_no, j.segment as segment, j.age_weeks + o.weeks as age_weeks, j.squared_error as squared_error, j.variance as variance
  from judged j
  cross join (select v.weeks::bigint as weeks from (values (-1), (0), (1)) v(weeks)) o
)
select
  n.until_no as until_no,
  n.segment as segment,
  n.age_weeks as age_weeks,
  count(*)::bigint as forecasts,
  case when count(*) >= 8 then greatest(safe_ratio(steady_sum(n.squared_error), steady_sum(n.variance)), 1e0) else 1e0 end as dispersion
from near n
group by n.until_no, n.segment, n.age_weeks
