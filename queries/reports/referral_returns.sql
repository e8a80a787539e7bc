-- What referred orders brought for what was given for them: of the first generation, and of the whole tree.
-- Gross: it says nothing of who would have come anyway; the break-even share says how many of them may. A referred order is the
-- first of a lead that a card brought, with its upsells; it counts once, however many stand above it. A cancelled one
-- leaves both sides. Against it stand rewards given and due, and what cards cost, by whoever holds them; in the first generation
-- those of people whom nobody sent. Money is amount less cost where every such order has its costs, else amount times
-- margin_rate where a cost is missing, without one revenue: basis says which. Leads that close a circle are cut, orders of
-- people who sent themselves are none. The interval is a bootstrap over referrers (Efron & Tibshirani 1993, An Introduction to
-- the Bootstrap).
-- grain: scope
-- audience: owner, manager stores, marketer
-- uses: referral_orders, referral_gains, referral_paid, referral_due, referral_cards, $rewards, $margin_rate
-- finish: returnIntervals
-- param as_of date default as_of: nothing later than this day is counted
-- param rewards varchar contract default [{"from_orders":1,"amount":"200.00"},{"from_orders":3,"amount":"300.00"}]: JSON list: from which order of a referrer on, how much is given for each
-- param margin_rate double optional: share of revenue that is margin, 0 to 1, for orders without costs
-- rows orders, amount, upsold, gain: referral_order_rows
-- rows cancelled_orders: referral_order_rows only='cancelled'
-- formula return_ratio: gain / cost
-- column scope varchar not null: first (those sent by people whom nobody sent) or whole (everybody below them)
-- column referrers bigint not null: people whose orders or costs these are
-- column orders bigint not null: referred orders that stand
-- column cancelled_orders bigint not null: referred orders that were cancelled
-- column amount decimal(18,2) not null: signed less refunded, of those that stand
-- column upsold decimal(18,2) not null: upsells of the same orders
-- column basis varchar not null: cost, margin_rate or revenue
-- column gain decimal(18,2) not null: margin, or revenue where basis says so
-- column rewards_given decimal(18,2) not null: given, but for cancelled orders
-- column rewards_due decimal(18,2) not null: owed and not yet given
-- column card_costs decimal(18,2) not null: what the cards cost
-- column cost decimal(18,2) not null: rewards given and due, and cards
-- column return_ratio double: gain / cost
-- column return_low double: lower end of the 95 % interval
-- column return_high double: upper end
-- column break_even_share double: share that may have come anyway before it costs more than it brings; 0 where it always does
with parts as (
  select o.referrer_key as referrer_key, o.generation as generation, 1 as orders, 0 as cancelled, o.amount as amount, o.upsold as upsold, o.gain as gain, 0::decimal(18,2) as given, 0::decimal(18,2) as due, 0::decimal(18,2) as cards
  from referral_gains o
  union all
  select o.referrer_key, o.generation, 0 as orders, 1 as cancelled, 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2)
  from referral_orders o
  where o.is_cancelled = 1
  union all
  select p.referrer_key, p.generation, 0, 0, 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2), p.amount, 0::decimal(18,2), 0::decimal(18,2)
  from referral_paid p
  where p.standing <> 'to_reclaim'
  union all
  select d.referrer_key, d.generation, 0, 0, 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2), d.amount, 0::decimal(18,2)
  from referral_due d
  union all
  select c.client_key, c.generation + 1, 0, 0, 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2), 0::decimal(18,2), c.cost
  from referral_cards c
),
scopes as (
  select 'first' as scope
  union all
  select 'whole' as scope
),
of_referrers as (
  select
    s.scope as scope,
    p.referrer_key as referrer_key,
    sum(p.orders)::bigint as orders,
    sum(p.cancelled)::bigint as cancelled,
    sum(p.amount)::decimal(18,2) as amount,
    sum(p.upsold)::decimal(18,2) as upsold,
    sum(p.gain)::decimal(18,2) as gain,
    sum(p.given)::decimal(18,2) as given,
    sum(p.due)::decimal(18,2) as due,
    sum(p.cards)::decimal(18,2) as cards
  from parts p
  cross join scopes s
  where s.scope = 'whole' or p.generation = 1
  group by s.scope, p.referrer_key
),
based as (
  select coalesce(min(g.basis), 'cost') as basis from referral_gains g
),
summed as (
  select
    s.scope as scope,
    count(r.scope)::bigint as referrers,
    coalesce(sum(r.orders), 0)::bigint as orders,
    coalesce(sum(r.cancelled), 0)::bigint as cancelled,
    coalesce(sum(r.amount), 0)::decimal(18,2) as amount,
    coalesce(sum(r.upsold), 0)::decimal(18,2) as upsold,
    coalesce(sum(r.gain), 0)::decimal(18,2) as gain,
    coalesce(sum(r.given), 0)::decimal(18,2) as given,
    coalesce(sum(r.due), 0)::decimal(18,2) as due,
    coalesce(sum(r.cards), 0)::decimal(18,2) as cards
  from scopes s
  left join of_referrers r on r.scope = s.scope
  group by s.scope
),
alike as (
  select r.scope || '_referrers' as scope, r.gain as gain, (r.given + r.due + r.cards)::decimal(18,2) as cost, count(*)::bigint as referrers
  from of_referrers r
  group by r.scope, r.gain, (r.given + r.due + r.cards)::decimal(18,2)
),
answered as (
  select
    s.scope as scope, s.referrers as referrers, s.orders as orders, s.cancelled as cancelled_orders, s.amount as amount, s.upsold as upsold,
    b.basis as basis, s.gain as gain, s.given as rewards_given, s.due as rewards_due, s.cards as card_costs,
    (s.given + s.due + s.cards)::decimal(18,2) as cost
  from summed s
  cross join based b
  union all
  select
    a.scope as scope, a.referrers as referrers, 0::bigint as orders, 0::bigint as cancelled_orders, 0::decimal(18,2) as amount, 0::decimal(18,2) as upsold,
    '' as basis, a.gain as gain, 0::decimal(18,2) as rewards_given, 0::decimal(18,2) as rewards_due, 0::decimal(18,2) as card_costs, a.cost as cost
  from alike a
)
select
  x.scope::varchar as scope,
  x.referrers::bigint as referrers,
  x.orders::bigint as orders,
  x.cancelled_orders::bigint as cancelled_orders,
  x.amount::decimal(18,2) as amount,
  x.upsold::decimal(18,2) as upsold,
  x.basis::varchar as basis,
  x.gain::decimal(18,2) as gain,
  x.rewards_given::decimal(18,2) as rewards_given,
  x.rewards_due::decimal(18,2) as rewards_due,
  x.card_costs::decimal(18,2) as card_costs,
  x.cost::decimal(18,2) as cost,
  safe_ratio(x.gain, x.cost)::double as return_ratio,
  null::double as return_low,
  null::double as return_high,
  (case when x.cost > 0 and x.gain > 0 then greatest(1e0 - safe_ratio(x.cost, x.gain), 0e0) when x.cost > 0 then 0e0 end)::double as break_even_share
from answered x
order by x.scope, x.gain, x.cost
