-- Touches: every sign that an order came to a touchpoint, and what was offered and sold there.
-- Being signed is the touch of the order desk. A visit for the shoot, the viewing or the pickup is one when it was done
-- (or says nothing of its outcome); it belongs to the order it names, else to the latest order signed by its day of its
-- lead, or without a lead of its customer. An upsell is one whether it was sold or declined. Facts dated after the day of
-- their import are impossible and left out.
-- grain: touch_id
-- column touch_id varchar not null: order:, visit: or upsell: and the key of the export's row
-- column kind varchar not null: signed, visit, sold or declined
-- column touchpoint_no bigint not null: 1 sale, 2 shoot, 3 viewing, 4 pickup, 5 not given
-- column happened_on date not null: business day
-- column order_id varchar not null: as exported, also where no order is known by it
-- column ordered_on date: business day of the order; null where it is unknown
-- column order_cancelled_on date: business day on which the order was cancelled as a whole
-- column journey_id varchar: journey of the order
-- column store varchar: of the order
-- column staff_id varchar: who signed the order, held the visit or made the offer
-- column co_staff_id varchar: who sold the upsell together with that person
-- column item_type varchar: of the upsell
-- column pieces bigint: quantity sold, 1 where none is given
-- column amount decimal(18,2): of the order as signed, or of the upsell that was sold
with orders as materialized (
  select
    m.order_id as order_id,
    m.ordered_on as ordered_on,
    m.happened_at as ordered_at,
    m.order_cancelled_on as order_cancelled_on,
    m.journey_id as journey_id,
    m.store as store,
    m.staff_id as staff_id,
    m.customer_id as customer_id,
    m.amount as amount
  from money_entries m
  where m.kind in ('first_order', 'repeat_order')
),
visits as materialized (
  select
    v.visit_id as visit_id,
    v.purpose as purpose,
    day_of(v.visited_at) as visited_on,
    v.order_id as order_id,
    coalesce('L:' || v.lead_id, 'C:' || v.customer_id) as party,
    v.staff_id as staff_id
  from exports.visits v
  where
    v.purpose in ('shoot', 'viewing', 'pickup')
    and coalesce(v.outcome, 'done') = 'done'
    and day_of(v.visited_at) <= v.imported_on
),
parties as (
  select o.journey_id as party, o.order_id as order_id, o.ordered_on as ordered_on, o.ordered_at as ordered_at
  from orders o
  where o.journey_id like 'L:%'
  union all
  select 'C:' || o.customer_id as party, o.order_id as order_id, o.ordered_on as ordered_on, o.ordered_at as ordered_at
  from orders o
  where o.customer_id is not null
),
supposed as (
  select v.visit_id as visit_id, p.order_id as order_id
  from visits v
  join parties p on p.party = v.party
  where v.order_id is null and p.ordered_on <= v.visited_on
  qualify row_number() over (partition by v.visit_id order by p.ordered_at desc, p.order_id desc) = 1
),
signs as (
  select
    'order:' || o.order_id as touch_id,
    'signed' as kind,
    'sale' as touchpoint,
    o.ordered_on as happened_on,
    o.order_id as order_id,
    o.staff_id as staff_id,
    null::varchar as co_staff_id,
    null::varchar as item_type,
    null::bigint as pieces,
    o.amount as amount
  from orders o
  union all
  select
    'visit:' || v.visit_id as touch_id,
    'visit' as kind,
    v.purpose as touchpoint,
    v.visited_on as happened_on,
    coalesce(v.order_id, s.order_id) as order_id,
    v.staff_id as staff_id,
    null::varchar as co_staff_id,
    null::varchar as item_type,
    null::bigint as pieces,
    null::decimal(18,2) as amount
  from visits v
  left join supposed s on s.visit_id = v.visit_id
  union all
  select
    'upsell:' || u.upsell_id as touch_id,
    coalesce(u.outcome, 'sold') as kind,
    u.touchpoint as touchpoint,
    day_of(u.sold_at) as happened_on,
    u.order_id as order_id,
    u.staff_id as staff_id,
    u.co_staff_id as co_staff_id,
    u.item_type as item_type,
    case when coalesce(u.outcome, 'sold') = 'sold' then coalesce(u.quantity, 1) end as pieces,
    case when coalesce(u.outcome, 'sold') = 'sold' then u.amount end as amount
  from exports.upsells u
  where day_of(u.sold_at) <= u.imported_on
)
select
  s.touch_id::varchar as touch_id,
  s.kind::varchar as kind,
  (case s.touchpoint when 'sale' then 1 when 'shoot' then 2 when 'viewing' then 3 when 'pickup' then 4 else 5 end)::bigint as touchpoint_no,
  s.happened_on::date as happened_on,
  s.order_id::varchar as order_id,
  o.ordered_on::date as ordered_on,
  o.order_cancelled_on::date as order_cancelled_on,
  o.journey_id::varchar as journey_id,
  o.store::varchar as store,
  s.staff_id::varchar as staff_id,
  s.co_staff_id::varchar as co_staff_id,
  s.item_type::varchar as item_type,
  s.pieces::bigint as pieces,
  s.amount::decimal(18,2) as amount
from signs s
left join orders o on o.order_id = s.order_id
where s.order_id is not null and (s.kind <> 'visit' or o.order_id is not null)
