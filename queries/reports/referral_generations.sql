-- The trees generation by generation: how many people each has, what they ordered, and what was given for it.
-- The rows sum to the whole tree of referral_returns, everybody counted once. Generation 0 was sent by nobody: it has the people who
-- stand on top, and rewards that belong to no order of a tree.
-- grain: generation
-- audience: owner, manager stores, marketer
-- uses: referral_places, referral_orders, referral_gains, referral_paid, referral_due, $rewards, $margin_rate
-- param as_of date default as_of: nothing later than this day is counted
-- param rewards varchar contract default [{"from_orders":1,"amount":"200.00"},{"from_orders":3,"amount":"300.00"}]: JSON list: from which order of a referrer on, how much is given for each
-- param margin_rate double optional: share of revenue that is margin, 0 to 1, for orders without costs
-- rows orders, amount, gain: referral_order_rows
-- rows cancelled_orders: referral_order_rows only='cancelled'
-- column generation bigint not null: how many stand between them and whoever was sent by nobody, plus 1
-- column people bigint not null: people in it
-- column buyers bigint not null: of these, those with a referred order that stands
-- column orders bigint not null: referred orders that stand
-- column cancelled_orders bigint not null: referred orders that were cancelled
-- column amount decimal(18,2) not null: signed less refunded, with upsells
-- column gain decimal(18,2) not null: margin of it, or revenue, see referral_returns
-- column rewards decimal(18,2) not null: given and due for them
with parts as (
  select p.generation as generation, p.client_key as client_key, 1 as person, 0 as orders, 0 as cancelled, 0::decimal(18,2) as amount, 0::decimal(18,2) as gain, 0::decimal(18,2) as reward
  from referral_places p
  union all
  select o.generation, o.client_key, 0, 1 - o.is_cancelled, o.is_cancelled, case when o.is_cancelled = 0 then o.amount + o.upsold else 0 end::decimal(18,2), coalesce(g.gain, 0)::decimal(18,2), 0::decimal(18,2)
  from referral_orders o
  left join referral_gains g on g.order_id = o.order_id
  union all
  select p.generation, '', 0, 0, 0, 0::decimal(18,2), 0::decimal(18,2), p.amount
  from referral_paid p
  where p.standing <> 'to_reclaim'
  union all
  select d.generation, '', 0, 0, 0, 0::decimal(18,2), 0::decimal(18,2), d.amount
  from referral_due d
)
select
  p.generation::bigint as generation,
  sum(p.person)::bigint as people,
  count(distinct case when p.orders = 1 then p.client_key end)::bigint as buyers,
  sum(p.orders)::bigint as orders,
  sum(p.cancelled)::bigint as cancelled_orders,
  sum(p.amount)::decimal(18,2) as amount,
  sum(p.gain)::decimal(18,2) as gain,
  sum(p.reward)::decimal(18,2) as rewards
from parts p
group by p.generation
order by p.generation
