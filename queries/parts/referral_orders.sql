-- Referred orders: the first order of each lead that a card brought, once, in the generation of who ordered, with its upsells.
-- What was cancelled or refunded by as_of is taken off. Orders of whom nobody else sent, or where a circle is cut, are none.
-- grain: order_id
-- uses: referral_leads, referral_places, $as_of
with ordered as (
  select
    l.order_id as order_id,
    l.client_key as client_key,
    l.referrer_key as referrer_key,
    l.bought_on as bought_on,
    p.generation as generation,
    case when a.taken_back_on <= $as_of::date and a.cancelled then 1 else 0 end as is_cancelled,
    (a.signed - case when a.taken_back_on <= $as_of::date then coalesce(a.taken_back, 0) else 0 end)::decimal(18,2) as amount
  from referral_leads l
  join referral_places p on p.client_key = l.client_key
  join acts a on a.kind = 'order' and a.act_id = l.order_id
  where l.referrer_key is not null and l.referrer_key <> l.client_key and p.generation > 0
),
upsells as (
  select
    u.order_id as order_id,
    sum(u.amount)::decimal(18,2) as amount,
    coalesce(sum(u.cost), 0)::decimal(18,2) as cost,
    count(*) - count(u.cost) as without_cost
  from exports.upsells u
  where coalesce(u.outcome, 'sold') = 'sold' and day_of(u.sold_at) <= u.imported_on and day_of(u.sold_at) <= $as_of::date
  group by u.order_id
)
select
  o.order_id as order_id,
  o.client_key as client_key,
  o.referrer_key as referrer_key,
  o.bought_on as bought_on,
  o.generation as generation,
  o.is_cancelled as is_cancelled,
  o.amount as amount,
  coalesce(u.amount, 0)::decimal(18,2) as upsold,
  (coalesce(c.cost, 0) + coalesce(u.cost, 0))::decimal(18,2) as cost,
  case when c.cost is not null and coalesce(u.without_cost, 0) = 0 then 1 else 0 end as has_cost
from ordered o
left join upsells u on u.order_id = o.order_id
left join exports.orders c on c.order_id = o.order_id
