-- check: every order that is not dated after its import is one entry of money, and each journey with orders has one first order
-- severity: error
with entered as (
  select m.order_id as order_id, m.journey_id as journey_id, m.kind as kind
  from money_entries m
  where m.kind in ('first_order', 'repeat_order')
),
orders as (
  select count(*)::bigint as rows
  from exports.orders o
  where day_of(o.ordered_at) <= o.imported_on
),
counted as (
  select
    count(*)::bigint as entries,
    count(distinct e.order_id)::bigint as orders,
    count(distinct e.journey_id)::bigint as journeys,
    count(*) filter (where e.kind = 'first_order')::bigint as first_orders
  from entered e
)
select
  o.rows::bigint as rows,
  c.entries::bigint as entries,
  c.orders::bigint as orders,
  c.journeys::bigint as journeys,
  c.first_orders::bigint as first_orders
from orders o
cross join counted c
where o.rows <> c.entries or o.rows <> c.orders or c.journeys <> c.first_orders
