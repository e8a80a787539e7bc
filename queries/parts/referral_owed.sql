-- What the programme owes for each referred order that stands: by how many such orders the referrer has brought, in order of
-- their days.
-- grain: order_id
-- uses: referral_orders, $rewards
with rules as (
  select
    to_whole(attribute(r.rule, 'from_orders')) as from_orders,
    to_money(attribute(r.rule, 'amount')) as amount
  from (select unnest(json_items(coalesce($rewards::varchar, '[]'))) as rule) r
  union all
  select 0::bigint as from_orders, 0::decimal(18,2) as amount
),
counted as (
  select
    o.order_id as order_id,
    o.referrer_key as referrer_key,
    o.generation as generation,
    o.bought_on as bought_on,
    row_number() over (partition by o.referrer_key order by o.bought_on, o.order_id)::bigint as place
  from referral_orders o
  where o.is_cancelled = 0
)
select
  c.order_id as order_id,
  c.referrer_key as referrer_key,
  c.generation as generation,
  c.bought_on as bought_on,
  c.place as place,
  coalesce(r.amount, 0)::decimal(18,2) as amount
from counted c
cross join rules r
where r.from_orders <= c.place
qualify row_number() over (partition by c.order_id order by r.from_orders desc, r.amount desc) = 1
