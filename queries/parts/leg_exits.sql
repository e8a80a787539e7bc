-- At which age the orders on each leg of their way arrived, were cancelled, or were last seen.
-- grain: series_no, segment, age, reached, lost
-- uses: leg_orders
select
  l.leg_no as series_no,
  l.segment as segment,
  l.days as age,
  l.arrived as reached,
  l.cancelled as lost,
  count(*)::bigint as people
from leg_orders l
group by 1, 2, 3, 4, 5
