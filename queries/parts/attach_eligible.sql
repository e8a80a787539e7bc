-- To orders that came to which touchpoints an item could be sold: to any at which it was offered to somebody in the period.
-- grain: item, mask
-- uses: ladder_orders, attach_came, attach_orders
with offered as (
  select distinct o.segment as item, o.level as level
  from ladder_orders o
  where o.offered > 0 and o.segment is not null
),
reached as (
  select distinct m.mask as mask, c.level as level
  from attach_orders m
  join attach_came c on c.order_id = m.order_id
)
select distinct o.item as item, r.mask as mask
from offered o
join reached r on r.level = o.level
