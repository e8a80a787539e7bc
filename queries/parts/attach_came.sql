-- To which touchpoints the orders of a period came, in the stores that can say so.
-- grain: order_id, level
-- uses: ladder_orders
select distinct o.order_id as order_id, o.level as level
from ladder_orders o
where o.level between 1 and 4 and o.is_reached = 1 and o.has_source = 1
