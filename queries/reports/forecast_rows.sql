-- What forecasts of past days said of cohorts, and what came of them.
-- On each day of the past, a week apart, the cohorts of up to so many weeks of age are forecast from what was known on that day
-- alone, as cohort_forecast does it; only where all members have since passed the horizon, so that the end is known.
-- grain: row_no
-- audience: owner, manager stores, marketer
-- crowd: begun
-- uses: forecast_days = backtest_days, exits = forecast_exits, forecast_spans = backtest_spans, past_forecasts
-- param from date default first_day: first day of the first cohort
-- param to date default as_of: last day of the last cohort
-- param as_of date default as_of: nothing later than this day is known
-- param grain varchar (week | month) default week: length of a cohort
-- param step varchar (active | bought | bought_again | brought_friend) default bought: which step
-- param weeks bigint (0 .. 52) default 4: up to which age of the cohort, in weeks since its last day
-- param horizon bigint (7 .. 365) default 365: age in days at which the end is taken to have come; less where fewer than 30 were seen that long
-- param age bigint (0 .. 52) optional: only forecasts of cohorts of this age
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- param limit bigint (1 .. 100000) default 10000: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column age_weeks bigint not null: whole weeks from the cohort's last day to the forecast
-- column made_on date not null: day of the forecast
-- column starts_on date not null: first day of the cohort
-- column people bigint not null: journeys of the cohort
-- column so_far bigint not null: had reached the step on that day
-- column expected double not null: were expected to have reached it in the end
-- column low_80 double not null: lower end of the 80 % prediction interval
-- column high_80 double not null: upper end of it
-- column low_95 double not null: lower end of the 95 % prediction interval
-- column high_95 double not null: upper end of it
-- column came bigint not null: had reached it in the end
-- column within_80 boolean not null: came lies in the 80 % interval
-- column within_95 boolean not null: came lies in the 95 % interval
-- column dispersion double not null: by which past errors widened the variance
-- column stated_error double not null: standard deviation by chance and by the curve alone
-- column horizon_days bigint not null: age at which the end is taken to have come
with numbered as (
  select
    f.*,
    row_number() over (order by f.segment nulls last, f.age_weeks, f.made_on, f.starts_on)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from past_forecasts f
  where coalesce(f.age_weeks = $age::bigint, $age::bigint is null)
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.segment::varchar as segment,
  n.age_weeks::bigint as age_weeks,
  n.made_on::date as made_on,
  n.starts_on::date as starts_on,
  n.people::bigint as people,
  n.so_far::bigint as so_far,
  n.expected::double as expected,
  n.low_80::double as low_80,
  n.high_80::double as high_80,
  n.low_95::double as low_95,
  n.high_95::double as high_95,
  n.came::bigint as came,
  n.within_80::boolean as within_80,
  n.within_95::boolean as within_95,
  n.dispersion::double as dispersion,
  n.stated_error::double as stated_error,
  n.horizon_days::bigint as horizon_days
from numbered n
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
