-- check: the money entered is the money of the lists: orders, what was taken back of them, upsells sold, payments
-- severity: error
with listed as (
  select 'order' as kind, coalesce(sum(o.amount), 0)::decimal(38,2) as amount
  from exports.orders o
  where day_of(o.ordered_at) <= o.imported_on
  union all
  select
    'taken_back' as kind,
    -coalesce(sum(case when o.status = 'cancelled' then o.amount else coalesce(o.refunded_amount, o.amount) end), 0)::decimal(38,2) as amount
  from exports.orders o
  where o.status in ('cancelled', 'refunded') and day_of(o.ordered_at) <= o.imported_on
  union all
  select 'upsell' as kind, coalesce(sum(u.amount), 0)::decimal(38,2) as amount
  from exports.upsells u
  where coalesce(u.outcome, 'sold') <> 'declined' and day_of(u.sold_at) <= u.imported_on
  union all
  select
    'payment' as kind,
    (coalesce(sum(case when coalesce(p.kind, '') <> 'refund' then p.amount end), 0)
      - coalesce(sum(case when p.kind = 'refund' then abs(p.amount) end), 0))::decimal(38,2) as amount
  from exports.payments p
  where day_of(p.paid_at) <= p.imported_on
),
entered as (
  select
    case when m.kind in ('first_order', 'repeat_order') then 'order' else m.kind end as kind,
    sum(m.amount)::decimal(38,2) as amount
  from money_entries m
  group by case when m.kind in ('first_order', 'repeat_order') then 'order' else m.kind end
)
select
  l.kind::varchar as kind,
  l.amount::decimal(38,2) as listed_amount,
  coalesce(e.amount, 0)::decimal(38,2) as entered_amount
from listed l
left join entered e on e.kind = l.kind
where l.amount <> coalesce(e.amount, 0)
