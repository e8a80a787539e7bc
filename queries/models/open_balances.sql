-- Open balances: what each order owed, or had paid beyond what could be claimed, from which day to which.
-- The balance of an order begins on the day it was signed: signed and upsold, less what was taken back and paid, up to
-- each day. Of an order cancelled as a whole nothing is claimed any more; what is left is what it paid and did not get
-- back. A payment is a balance of its own until its order is signed, for good where the order is unknown. Days on which nothing
-- is open have no row; upsells without a known order are claims on nobody.
-- grain: entry_id, from_on
-- column entry_id varchar not null: money entry of the order as signed, or of the payment without an order so far
-- column from_on date not null: first business day of the balance
-- column until_on date: last business day of the balance; null while it lasts
-- column ordered_on date: business day of the order; null for a payment without one
-- column journey_id varchar: journey of the order
-- column store varchar: of the order
-- column balance decimal(18,2) not null: owed to the firm; negative where it holds money that it may not claim
with days as (
  select
    m.order_id as order_id,
    greatest(m.happened_on, m.ordered_on) as day,
    min(m.ordered_on) as ordered_on,
    min(m.order_cancelled_on) as cancelled_on,
    min(m.journey_id) as journey_id,
    min(m.store) as store,
    sum(case when m.kind = 'payment' then 0 else m.amount end) as claimed,
    sum(case when m.kind = 'payment' then m.amount else 0 end) as paid
  from money_entries m
  where m.ordered_on is not null
  group by m.order_id, greatest(m.happened_on, m.ordered_on)
),
standing as (
  select
    d.order_id as order_id,
    d.day as from_on,
    d.ordered_on as ordered_on,
    d.cancelled_on as cancelled_on,
    d.journey_id as journey_id,
    d.store as store,
    lead(maybe(d.day)) over (partition by d.order_id order by d.day) as next_on,
    sum(d.claimed) over (partition by d.order_id order by d.day) as claimed,
    sum(d.paid) over (partition by d.order_id order by d.day) as paid
  from days d
),
balances as (
  select
    'order:' || s.order_id as entry_id,
    s.from_on as from_on,
    case when s.next_on is not null then add_days(s.next_on, -1) end as until_on,
    s.ordered_on as ordered_on,
    s.journey_id as journey_id,
    s.store as store,
    (case when s.from_on >= s.cancelled_on then 0 else s.claimed end - s.paid)::decimal(18,2) as balance
  from standing s
  union all
  select
    m.entry_id as entry_id,
    m.happened_on as from_on,
    case when m.ordered_on is not null then add_days(m.ordered_on, -1) end as until_on,
    null::date as ordered_on,
    m.journey_id as journey_id,
    m.store as store,
    (-m.amount)::decimal(18,2) as balance
  from money_entries m
  where m.kind = 'payment' and (m.ordered_on is null or m.happened_on < m.ordered_on)
)
select
  b.entry_id::varchar as entry_id,
  b.from_on::date as from_on,
  b.until_on::date as until_on,
  b.ordered_on::date as ordered_on,
  b.journey_id::varchar as journey_id,
  b.store::varchar as store,
  b.balance::decimal(18,2) as balance
from balances b
where b.balance <> 0
