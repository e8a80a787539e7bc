-- Which stores keep lists of orders, upsells and payments: the first day of each.
-- A store that never recorded a payment has no collected money and no balances, rather than none; likewise for upsells.
-- Payments without a known order say nothing of a store.
-- refreshed: whole
-- grain: store
-- column store varchar: store of the order, null is a store of its own
-- column orders_from_on date not null: first business day with an order
-- column upsells_from_on date: first business day on which an upsell was sold or declined
-- column payments_from_on date: first business day with a payment for an order
with offers as (
  select d.store as store, min(d.day) as first_on
  from table_days d
  where d.table_name = 'upsells'
  group by d.store
),
stores as (
  select
    m.store as store,
    min(case when m.kind in ('first_order', 'repeat_order') then m.happened_on end) as orders_from_on,
    min(case when m.kind = 'payment' then m.happened_on end) as payments_from_on
  from money_entries m
  where m.ordered_on is not null
  group by m.store
)
select
  s.store::varchar as store,
  s.orders_from_on::date as orders_from_on,
  o.first_on::date as upsells_from_on,
  s.payments_from_on::date as payments_from_on
from stores s
left join offers o on o.store is not distinct from s.store
