-- The days that the data reach: first day, and the last day of any store's leads, visits or orders.
-- Every other report takes its default period and as_of from here. Days after the day of their import do not count.
-- grain: one row
-- audience: owner, manager, marketer, staff
-- uses: data_days, compared_days
-- column first_day date: first business day of any lead, visit or order
-- column last_day date: last business day of any lead, visit or order
-- column first_week date: Monday of the first week
-- column last_week date: Monday of the last week that is complete on the last day; null while only the first one runs
-- column running_week date: Monday of the week of the last day, if it is not complete
-- column compared_from date: first business day of the 52 weeks in which people are compared
-- column compared_to date: the last one, a Sunday at least 30 days before the last day
-- column months_from date: first day of the last six complete months, or of as many as there are; null without one
-- column months_to date: last day of them
with weeks as (
  select
    d.first_day as first_day,
    d.last_day as last_day,
    week_start(d.first_day) as first_week,
    add_days(week_start(add_days(d.last_day, 1)), -7) as last_week,
    month_start(add_days(d.last_day, 1)) as next_month,
    greatest(
      month_start(add_days(month_start(add_days(d.last_day, 1)), -168)),
      month_start(add_days(month_start(add_days(d.first_day, -1)), 31))
    ) as months_from
  from data_days d
)
select
  w.first_day::date as first_day,
  w.last_day::date as last_day,
  w.first_week::date as first_week,
  case when w.last_week >= w.first_week then w.last_week end::date as last_week,
  case when add_days(week_start(w.last_day), 6) > w.last_day then week_start(w.last_day) end::date as running_week,
  c.from_on::date as compared_from,
  c.to_on::date as compared_to,
  case when w.months_from < w.next_month then w.months_from end::date as months_from,
  case when w.months_from < w.next_month then add_days(w.next_month, -1) end::date as months_to
from weeks w
cross join compared_days c
