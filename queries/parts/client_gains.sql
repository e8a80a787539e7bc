-- What clients brought, each with what it left over, and of what that is: cost (amounts less costs, where every order and upsell
-- that was not cancelled has its costs), margin_rate (where a cost is missing, amounts times that rate) or revenue.
-- grain: client_no, sale_no, kind
-- uses: client_sales, $margin_rate
with sales as materialized (
  select s.* from client_sales s
),
based as (
  select
    case
      when coalesce(sum(case when s.is_cancelled = 0 then 1 - s.has_cost else 0 end), 0) = 0 then 'cost'
      when $margin_rate::double is not null then 'margin_rate'
      else 'revenue'
    end as basis
  from sales s
)
select
  s.client_no as client_no,
  s.sale_no as sale_no,
  s.kind as kind,
  s.happened_on as happened_on,
  s.amount as amount,
  b.basis as basis,
  (case
    when b.basis = 'revenue' then s.amount
    when s.has_cost = 1 then s.amount - s.cost
    else money(s.amount::double * $margin_rate::double)
  end)::decimal(18,2) as gain
from sales s
cross join based b
