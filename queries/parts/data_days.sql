-- The days that the data reach: first and last day of any store's leads, visits or orders.
-- grain: one row
select min(d.day) as first_day, max(d.day) as last_day
from table_days d
where d.table_name in ('leads', 'visits', 'orders')
