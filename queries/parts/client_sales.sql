-- What clients brought up to as_of: orders signed, upsells sold, and what was cancelled or refunded, negative, on its own day.
-- The cost of an order leaves with it when it is cancelled.
-- grain: client_no, sale_no, kind
-- uses: $as_of
with ordered as materialized (
  select
    a.client_no as client_no,
    a.act_no as sale_no,
    a.order_id as order_id,
    a.happened_on as happened_on,
    o.signed as amount,
    o.taken_back as taken_back,
    o.taken_back_on as taken_back_on,
    case when o.cancelled and o.taken_back_on <= $as_of::date then 1 else 0 end as is_cancelled,
    case when o.cancelled then 1 else 0 end as leaves,
    e.cost as cost
  from client_acts a
  join acts o on o.kind = 'order' and o.act_id = a.order_id
  join exports.orders e on e.order_id = a.order_id
  where a.kind = 'order' and a.happened_on <= $as_of::date
),
upsells as (
  select
    row_no(u.batch_id, u.line) * 16 + 6 as act_no,
    u.cost as cost
  from exports.upsells u
)
select
  o.client_no as client_no, o.sale_no as sale_no, 'order' as kind, o.order_id as order_id, o.happened_on as happened_on,
  coalesce(o.amount, 0)::decimal(18,2) as amount, coalesce(o.cost, 0)::decimal(18,2) as cost,
  case when o.cost is null then 0 else 1 end as has_cost, o.is_cancelled as is_cancelled
from ordered o
union all
select
  o.client_no as client_no, o.sale_no as sale_no, 'back' as kind, o.order_id as order_id, o.taken_back_on as happened_on,
  (-coalesce(o.taken_back, 0))::decimal(18,2) as amount, (case when o.leaves = 1 then -coalesce(o.cost, 0) else 0 end)::decimal(18,2) as cost,
  case when o.cost is null then 0 else 1 end as has_cost, o.is_cancelled as is_cancelled
from ordered o
where o.taken_back_on is not null and o.taken_back_on <= $as_of::date
union all
select
  a.client_no as client_no, a.act_no as sale_no, 'upsell' as kind, a.order_id as order_id, a.happened_on as happened_on,
  coalesce(a.amount, 0)::decimal(18,2) as amount, coalesce(u.cost, 0)::decimal(18,2) as cost,
  case when u.cost is null then 0 else 1 end as has_cost, 0 as is_cancelled
from client_acts a
left join upsells u on u.act_no = a.act_no
where a.kind = 'upsell' and a.happened_on <= $as_of::date
