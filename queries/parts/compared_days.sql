-- The 52 weeks in which people are compared unless other days are asked: the last of which every case is 30 days old.
-- grain: one row
-- uses: data_days
select
  d.last_day as last_day,
  add_days(week_start(add_days(d.last_day, -29)), -364) as from_on,
  add_days(week_start(add_days(d.last_day, -29)), -1) as to_on
from data_days d
