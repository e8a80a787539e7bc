-- The days that the data reach: first day, and the last day of any store's leads, visits or orders.
-- Every other report takes its default period and as_of from here. Days after the day of their import do not count.
-- grain: one row
-- audience: owner, manager, marketer, staff
-- column first_day date: first business day of any lead, visit or order
-- column last_day date: last business day of any lead, visit or order
-- column first_week date: Monday of the first week
-- column last_week date: Monday of the last week that is complete on the last day; null while only the first one runs
-- column running_week date: Monday of the week of the last day, if it is not complete
with days as (
  select d.day as day
  from table_days d
  where d.table_name in ('leads', 'visits', 'orders')
),
span as (
  select min(d.day) as first_day, max(d.day) as last_day
  from days d
),
weeks as (
  select
    s.first_day as first_day,
    s.last_day as last_day,
    week_start(s.first_day) as first_week,
    add_days(week_start(add_days(s.last_day, 1)), -7) as last_week
  from span s
)
select
  w.first_day::date as first_day,
  w.last_day::date as last_day,
  w.first_week::date as first_week,
  case when w.last_week >= w.first_week then w.last_week end::date as last_week,
  case when add_days(week_start(w.last_day), 6) > w.last_day then week_start(w.last_day) end::date as running_week
from weeks w
