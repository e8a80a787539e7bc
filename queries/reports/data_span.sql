-- The days that the data reach: first day, and the last day of any store's leads, visits or orders.
-- Every other report takes its default period and as_of from here. Days after the day of their import do not count.
-- grain: one row
-- audience: owner, manager, marketer, staff
-- column first_day date: first business day of any lead, visit or order
-- column last_day date: last business day of any lead, visit or order
-- column first_week date: Monday of the first week
-- column last_week date: Monday of the last week that is complete on the last day
-- column running_week date: Monday of the week after that, if it has begun
with days as (
  select d.day as day
  from table_days d
  where d.table_name in ('leads', 'visits', 'orders')
),
span as (
  select min(d.day) as first_day, max(d.day) as last_day
  from days d
)
select
  s.first_day::date as first_day,
  s.last_day::date as last_day,
  week_start(s.first_day)::date as first_week,
  add_days(week_start(add_days(s.last_day, 1)), -7)::date as last_week,
  case when add_days(week_start(s.last_day), 6) > s.last_day then week_start(s.last_day) end::date as running_week
from span s
