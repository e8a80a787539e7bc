-- What the journeys of each campaign brought by as_of: net of what was taken back, with their upsells, and what is left of it.
-- Left is amount less cost where every order and upsell that stands has its costs (basis cost), else amount times margin_rate where a
-- cost is missing (margin_rate), without one revenue. square: the sum over buyers of the square of what one left.
-- grain: campaign
-- uses: campaign_people, $as_of, $margin_rate
with orders as (
  select
    p.campaign as campaign,
    p.journey_id as journey_id,
    a.act_id as order_id,
    (coalesce(a.signed, 0) - case when a.taken_back_on <= $as_of::date then coalesce(a.taken_back, 0) else 0 end)::decimal(18,2) as net,
    case when a.cancelled and a.taken_back_on <= $as_of::date then 1 else 0 end as is_cancelled,
    e.cost as cost
  from acts a
  join campaign_people p on p.journey_id = a.journey_id
  join exports.orders e on e.order_id = a.act_id
  where a.kind = 'order' and a.happened_on <= $as_of::date
),
lines as materialized (
  select
    o.campaign as campaign,
    o.journey_id as journey_id,
    o.net as amount,
    case when o.is_cancelled = 1 then 0 else o.cost end::decimal(18,2) as cost
  from orders o
  union all
  select o.campaign as campaign, o.journey_id as journey_id, u.amount as amount, u.cost as cost
  from exports.upsells u
  join orders o on o.order_id = u.order_id
  where coalesce(u.outcome, 'sold') = 'sold' and day_of(u.sold_at) <= u.imported_on and day_of(u.sold_at) <= $as_of::date
),
based as (
  select
    case
      when count(*) = count(l.cost) then 'cost'
      when $margin_rate::double is not null then 'margin_rate'
      else 'revenue'
    end as basis
  from lines l
),
buyers as (
  select
    l.campaign as campaign,
    l.journey_id as journey_id,
    b.basis as basis,
    sum(l.amount)::decimal(18,2) as revenue,
    sum(case
      when b.basis = 'revenue' then l.amount
      when l.cost is not null then l.amount - l.cost
      else money(l.amount::double * $margin_rate::double)
    end)::decimal(18,2) as gain
  from lines l
  cross join based b
  group by l.campaign, l.journey_id, b.basis
)
select
  b.campaign as campaign,
  max(b.basis) as basis,
  count(*)::bigint as buyers,
  sum(b.revenue)::decimal(18,2) as revenue,
  sum(b.gain)::decimal(18,2) as gain,
  steady_sum(b.gain::double * b.gain::double) as square
from buyers b
group by b.campaign
