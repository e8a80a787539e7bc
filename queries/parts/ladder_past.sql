-- The orders of a period at each touchpoint, with what they had done at the touchpoints before it on the path.
-- bought: something was sold at one of them; declined: something was offered there, in vain; not_offered: neither; null at the
-- order desk, the first. The order of the path counts, not that of the days.
-- grain: segment, level, order_id
-- uses: ladder_orders
with earlier as (
  select
    o.*,
    coalesce(max(o.is_sold) over w, 0) as sold_before,
    coalesce(sum(o.offered) over w, 0) as offered_before
  from ladder_orders o
  where o.level between 1 and 4
  window w as (partition by o.segment, o.order_id order by o.level rows between unbounded preceding and 1 preceding)
)
select
  e.segment as segment,
  e.level as level,
  e.order_id as order_id,
  e.has_source as has_source,
  e.is_reached as is_reached,
  e.is_sold as is_sold,
  e.offered as offered,
  case when e.level = 1 then null when e.sold_before > 0 then 'bought' when e.offered_before > 0 then 'declined' else 'not_offered' end as past
from earlier e
