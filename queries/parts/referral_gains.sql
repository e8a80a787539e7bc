-- What each referred order that stands brought, and of what that is: cost (amounts less costs), margin_rate (where a cost is
-- missing, amounts times that rate) or revenue (costs are missing and there is no rate).
-- grain: order_id
-- uses: referral_orders, $margin_rate
with based as (
  select
    case
      when coalesce(sum(1 - o.has_cost), 0) = 0 then 'cost'
      when $margin_rate::double is not null then 'margin_rate'
      else 'revenue'
    end as basis
  from referral_orders o
  where o.is_cancelled = 0
)
select
  o.order_id as order_id,
  o.referrer_key as referrer_key,
  o.generation as generation,
  o.amount as amount,
  o.upsold as upsold,
  b.basis as basis,
  (case
    when b.basis = 'revenue' then o.amount + o.upsold
    when o.has_cost = 1 then o.amount + o.upsold - o.cost
    else money((o.amount + o.upsold)::double * $margin_rate::double)
  end)::decimal(18,2) as gain
from referral_orders o
cross join based b
where o.is_cancelled = 0
