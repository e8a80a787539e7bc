-- The orders of a period with their package, and by mask the touchpoints to which they came.
-- The mask is a sum: 1 the order desk, 2 the shoot, 4 the viewing, 8 the pickup.
-- grain: order_id
-- uses: attach_came
with masks as (
  select c.order_id as order_id, sum(case c.level when 1 then 1 when 2 then 2 when 3 then 4 else 8 end)::bigint as mask
  from attach_came c
  group by c.order_id
)
select m.order_id as order_id, m.mask as mask, a.package as package
from masks m
left join acts a on a.kind = 'order' and a.act_id = m.order_id
