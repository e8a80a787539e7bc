-- The orders signed in a period beside their list price, and what was sold to them besides by as_of.
-- grain: order_id
-- uses: homes, ladder_sources, $from, $to, $as_of, $by, $view
with upsold as (
  select t.order_id as order_id, sum(t.amount)::decimal(18,2) as amount
  from touches t
  where t.kind = 'sold' and t.happened_on <= $as_of::date
  group by t.order_id
)
select
  h.segment as segment,
  e.order_id as order_id,
  e.ordered_on as ordered_on,
  e.amount as amount,
  e.store as store,
  e.staff_id as staff_id,
  e.customer_id as customer_id,
  e.journey_id as journey_id,
  o.package as package,
  case when o.list_price > 0 then o.list_price end as list_price,
  case when o.list_price > 0 then o.list_price - e.amount end as discount,
  coalesce((o.list_price > 0)::int, 0) as is_listed,
  coalesce((o.list_price > 0 and e.amount < o.list_price)::int, 0) as is_discounted,
  coalesce((o.list_price > 0 and e.amount > o.list_price)::int, 0) as is_above,
  (s.store_key is not null)::int as has_upsells,
  (u.order_id is not null)::int as bought,
  coalesce(u.amount, 0) as upsold
from money_entries e
join homes h on h.journey_id is not distinct from e.journey_id
left join exports.orders o on o.order_id = e.order_id
left join ladder_sources s on s.level = 1 and s.store_key = coalesce(e.store, '')
left join upsold u on u.order_id = e.order_id
where e.kind in ('first_order', 'repeat_order') and e.ordered_on between $from::date and least($to::date, $as_of::date)
