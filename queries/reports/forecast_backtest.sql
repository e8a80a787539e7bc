-- How good forecasts of cohorts have been: those that would have been made in the past, against what came.
-- Each past forecast knows only what was known on its day (forecast_rows lists them). Errors are shares of the cohort's people;
-- the naive forecast is the rate so far. One row for each age of the cohorts, in whole weeks, and one for all of them. The test of
-- drift asks whether forecasts erred to one side: the mean of the errors, in units of what chance and the curve allow, against
-- 0, by Student's t; neighbouring days err alike, so their number is reduced by the correlation of each with the next (Bayley &
-- Hammersley 1946, Supplement to the Journal of the Royal Statistical Society 8:184). Drift below 1 %, or errors of more than twice the
-- stated variance, mean that the past is a poor guide.
-- grain: segment, age_weeks
-- audience: owner, manager stores, marketer
-- crowd: begun
-- uses: forecast_days = backtest_days, exits = forecast_exits, forecast_spans = backtest_spans, past_forecasts
-- finish: drift
-- param from date default first_day: first day of the first cohort
-- param to date default as_of: last day of the last cohort
-- param as_of date default as_of: nothing later than this day is known
-- param grain varchar (week | month) default week: length of a cohort
-- param step varchar (active | bought | bought_again | brought_friend) default bought: which step
-- param weeks bigint (0 .. 52) default 4: up to which age of the cohort, in weeks since its last day
-- param horizon bigint (7 .. 365) default 365: age in days at which the end is taken to have come; less where fewer than 30 were seen that long
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- rows forecasts: forecast_rows age=age_weeks
-- formula covered_80_rate: covered_80 / forecasts
-- formula covered_95_rate: covered_95 / forecasts
-- formula error_ratio: mean_absolute_error_rate / naive_absolute_error_rate
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column age_weeks bigint: whole weeks from the cohorts' last day to the forecast; null for all of them together
-- column forecasts bigint not null: forecasts whose end is known
-- column forecast_dates bigint not null: days on which they were made
-- column first_on date not null: the first of these days
-- column last_on date not null: the last of them
-- column covered_80 bigint not null: ends within the 80 % interval
-- column covered_80_rate double not null: covered_80 / forecasts
-- column covered_80_low double not null: lower end of Wilson's 95 % interval
-- column covered_80_high double not null: upper end of it
-- column covered_95 bigint not null: ends within the 95 % interval
-- column covered_95_rate double not null: covered_95 / forecasts
-- column covered_95_low double not null: lower end of Wilson's 95 % interval
-- column covered_95_high double not null: upper end of it
-- column mean_error_rate double not null: mean of expected - came, in shares of the cohort
-- column mean_absolute_error_rate double not null: mean of its amount
-- column naive_error_rate double not null: mean of so far - came, in shares of the cohort
-- column naive_absolute_error_rate double not null: mean of its amount
-- column error_ratio double: mean_absolute_error_rate / naive_absolute_error_rate
-- column dispersion double: squared errors over the variance by chance and curve
-- column drift double: mean of (came - expected) / stated error
-- column drift_dates double: independent days that the forecasts are worth
-- column drift_t double: drift in its standard errors
-- column drift_p double: p value of it
-- column verdict varchar not null: drift (the past is a poor guide), steady, too_few (fewer than eight days)
with everything as (
  select f.*, f.age_weeks as shown_weeks
  from past_forecasts f
  union all
  select f.*, null::bigint as shown_weeks
  from past_forecasts f
),
sums as (
  select
    e.segment as segment,
    e.shown_weeks as age_weeks,
    count(*)::bigint as forecasts,
    count(distinct e.made_on)::bigint as forecast_dates,
    min(e.made_on) as first_on,
    max(e.made_on) as last_on,
    sum(e.within_80)::bigint as covered_80,
    sum(e.within_95)::bigint as covered_95,
    steady_mean(safe_ratio(e.expected - e.came, e.people)) as mean_error,
    steady_mean(abs(safe_ratio(e.expected - e.came, e.people))) as absolute_error,
    steady_mean(safe_ratio(e.so_far - e.came, e.people)) as naive_error,
    steady_mean(abs(safe_ratio(e.so_far - e.came, e.people))) as naive_absolute_error,
    safe_ratio(
      steady_sum(case when e.stated_error > 0 then power(e.came - e.expected, 2e0) end),
      steady_sum(case when e.stated_error > 0 then e.stated_error * e.stated_error end)
    ) as dispersion
  from everything e
  group by e.segment, e.shown_weeks
),
dates as (
  select
    e.segment as segment,
    coalesce(e.shown_weeks, -1) as age_weeks,
    e.made_on as made_on,
    steady_mean(safe_ratio(e.came - e.expected, e.stated_error)) as error
  from everything e
  where e.stated_error > 0
  group by e.segment, coalesce(e.shown_weeks, -1), e.made_on
),
means as (
  select d.segment as segment, d.age_weeks as age_weeks, steady_mean(d.error) as drift
  from dates d
  group by d.segment, d.age_weeks
),
centred as (
  select d.*, m.drift as drift, d.error - m.drift as apart
  from dates d
  join means m on m.segment is not distinct from d.segment and m.age_weeks = d.age_weeks
),
paired as (
  select
    c.*,
    lag(maybe(c.apart)) over (partition by c.segment, c.age_weeks order by c.made_on) as apart_before
  from centred c
),
correlated as (
  select
    p.segment as segment,
    p.age_weeks as age_weeks,
    count(*)::bigint as dates,
    max(p.drift) as drift,
    steady_sum(p.apart * p.apart) as squares,
    least(greatest(coalesce(safe_ratio(steady_sum(p.apart * p.apart_before), steady_sum(p.apart * p.apart)), 0e0), 0e0), 0.9e0) as correlation
  from paired p
  group by p.segment, p.age_weeks
),
worth as (
  select
    c.*,
    greatest(c.dates * (1e0 - c.correlation) / (1e0 + c.correlation), 2e0) as drift_dates
  from correlated c
)
select
  s.segment::varchar as segment,
  s.age_weeks::bigint as age_weeks,
  s.forecasts::bigint as forecasts,
  s.forecast_dates::bigint as forecast_dates,
  s.first_on::date as first_on,
  s.last_on::date as last_on,
  s.covered_80::bigint as covered_80,
  safe_ratio(s.covered_80, s.forecasts)::double as covered_80_rate,
  wilson_low(s.covered_80, s.forecasts)::double as covered_80_low,
  wilson_high(s.covered_80, s.forecasts)::double as covered_80_high,
  s.covered_95::bigint as covered_95,
  safe_ratio(s.covered_95, s.forecasts)::double as covered_95_rate,
  wilson_low(s.covered_95, s.forecasts)::double as covered_95_low,
  wilson_high(s.covered_95, s.forecasts)::double as covered_95_high,
  s.mean_error::double as mean_error_rate,
  s.absolute_error::double as mean_absolute_error_rate,
  s.naive_error::double as naive_error_rate,
  s.naive_absolute_error::double as naive_absolute_error_rate,
  safe_ratio(s.absolute_error, s.naive_absolute_error)::double as error_ratio,
  s.dispersion::double as dispersion,
  w.drift::double as drift,
  w.drift_dates::double as drift_dates,
  safe_ratio(w.drift, sqrt(safe_ratio(w.squares, w.dates - 1) / w.drift_dates))::double as drift_t,
  null::double as drift_p,
  (case when coalesce(w.dates, 0) < 8 then 'too_few' else 'steady' end)::varchar as verdict
from sums s
left join worth w on w.segment is not distinct from s.segment and w.age_weeks = coalesce(s.age_weeks, -1)
order by s.segment nulls last, s.age_weeks nulls first
