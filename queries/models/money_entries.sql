-- Money entries: every movement of money, each on its own business day, with what it belongs to.
-- Orders as signed, what was taken back of them by a cancellation or refund (negative), upsells that were sold, and
-- payments (refunds negative, whatever sign they came with). Declined upsells are no money. Facts dated after the day of
-- their import are impossible and left out, as in acts; an undated cancellation counts on the day it was imported. Upsells
-- and payments belong to the journey of their order; one whose order is unknown belongs to none.
-- grain: entry_id
-- column entry_id varchar not null: order:, taken_back:, upsell: or payment: and the key of the export's row
-- column kind varchar not null: first_order, repeat_order, taken_back, upsell or payment
-- column touchpoint varchar: sale, shoot, viewing or pickup; upsells only
-- column item_type varchar: as exported; upsells only
-- column happened_at timestamp not null: wall clock of the firm; taken_back: midnight of its day
-- column happened_on date not null: business day on which the amount counts
-- column amount decimal(18,2) not null: in the firm's currency, signed
-- column order_id varchar: as exported; null for a payment without one
-- column ordered_on date: business day of that order; null where the order is unknown
-- column order_cancelled_on date: business day on which that order was cancelled as a whole
-- column journey_id varchar: journey of that order
-- column journey_kind varchar: lead or unannounced
-- column journey_began_on date: business day on which that journey began
-- column journey_store varchar: store of that journey
-- column store varchar: of the order itself, else of its journey
-- column staff_id varchar: who sold the order or the upsell; null for payments
-- column customer_id varchar: of the order itself, else of its journey
with orders as materialized (
  select
    a.act_id as order_id,
    case when a.act_id = p.order_id then 'first_order' else 'repeat_order' end as kind,
    a.happened_at as ordered_at,
    a.happened_on as ordered_on,
    a.signed as signed,
    a.taken_back as taken_back,
    a.taken_back_on as taken_back_on,
    case when a.cancelled then a.taken_back_on end as cancelled_on,
    a.journey_id as journey_id,
    case when p.announced then 'lead' else 'unannounced' end as journey_kind,
    day_of(p.began_at) as journey_began_on,
    p.store as journey_store,
    coalesce(a.store, p.store) as store,
    a.staff_id as staff_id,
    coalesce(a.customer_id, p.customer_id) as customer_id
  from acts a
  join paths p on p.journey_id = a.journey_id
  where a.kind = 'order'
),
movements as (
  select
    'order:' || o.order_id as entry_id,
    o.kind as kind,
    null::varchar as touchpoint,
    null::varchar as item_type,
    o.ordered_at as happened_at,
    o.signed as amount,
    o.order_id as order_id,
    o.staff_id as staff_id
  from orders o
  union all
  select
    'taken_back:' || o.order_id as entry_id,
    'taken_back' as kind,
    null::varchar as touchpoint,
    null::varchar as item_type,
    o.taken_back_on::timestamp as happened_at,
    -o.taken_back as amount,
    o.order_id as order_id,
    o.staff_id as staff_id
  from orders o
  where o.taken_back_on is not null
  union all
  select
    'upsell:' || u.upsell_id as entry_id,
    'upsell' as kind,
    u.touchpoint as touchpoint,
    u.item_type as item_type,
    u.sold_at as happened_at,
    u.amount as amount,
    u.order_id as order_id,
    u.staff_id as staff_id
  from exports.upsells u
  where coalesce(u.outcome, 'sold') = 'sold' and day_of(u.sold_at) <= u.imported_on
  union all
  select
    'payment:' || p.payment_id as entry_id,
    'payment' as kind,
    null::varchar as touchpoint,
    null::varchar as item_type,
    p.paid_at as happened_at,
    case when p.kind = 'refund' then -abs(p.amount) else p.amount end as amount,
    p.order_id as order_id,
    null::varchar as staff_id
  from exports.payments p
  where day_of(p.paid_at) <= p.imported_on
)
select
  m.entry_id::varchar as entry_id,
  m.kind::varchar as kind,
  m.touchpoint::varchar as touchpoint,
  m.item_type::varchar as item_type,
  m.happened_at::timestamp as happened_at,
  day_of(m.happened_at) as happened_on,
  m.amount::decimal(18,2) as amount,
  m.order_id::varchar as order_id,
  o.ordered_on::date as ordered_on,
  o.cancelled_on::date as order_cancelled_on,
  o.journey_id::varchar as journey_id,
  o.journey_kind::varchar as journey_kind,
  o.journey_began_on::date as journey_began_on,
  o.journey_store::varchar as journey_store,
  o.store::varchar as store,
  m.staff_id::varchar as staff_id,
  o.customer_id::varchar as customer_id
from movements m
left join orders o on o.order_id = m.order_id
