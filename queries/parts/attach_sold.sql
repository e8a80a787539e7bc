-- Which items were sold to which orders of a period.
-- grain: item, order_id
-- uses: ladder_orders
select distinct o.segment as item, o.order_id as order_id
from ladder_orders o
where o.is_sold = 1 and o.segment is not null
