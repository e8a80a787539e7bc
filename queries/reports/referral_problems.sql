-- What is wrong in the referral lists: circles, people who sent themselves, rewards without an order, and referrers who never bought.
-- In a circle the latest lead is cut (see referral_returns), and it is that one which is named; orders of people who sent themselves
-- are no referred orders.
-- grain: row_no
-- audience: owner
-- uses: referral_leads, referral_edges, referral_cuts, referral_paid, referral_buyers
-- param as_of date default as_of: nothing later than this day is counted
-- param rewards varchar contract default [{"from_orders":1,"amount":"200.00"},{"from_orders":3,"amount":"300.00"}]: JSON list: from which order of a referrer on, how much is given for each
-- column row_no bigint not null: place among all rows, from 1
-- column problem varchar not null: cycle, self_referral, without_order, not_referred, paid_twice or never_bought
-- column client_id varchar: the referrer
-- column item varchar not null: the journey of the lead, the reward, or the client
-- column people bigint: how many stand in the circle
-- column amount decimal(18,2): of the reward
with found as (
  select 1 as place, 'cycle' as problem, c.referrer_key as client_key, c.journey_id as item, c.people as people, null::decimal(18,2) as amount
  from referral_cuts c
  union all
  select 2 as place, 'self_referral' as problem, l.referrer_key as client_key, l.journey_id as item, null::bigint as people, null::decimal(18,2) as amount
  from referral_leads l
  where l.referrer_key = l.client_key
  union all
  select 3 as place, p.standing as problem, p.referrer_key as client_key, p.reward_id as item, null::bigint as people, p.amount as amount
  from referral_paid p
  where p.standing not in ('given', 'to_reclaim')
  union all
  select 4 as place, 'never_bought' as problem, e.referrer_key as client_key, e.referrer_key as item, null::bigint as people, null::decimal(18,2) as amount
  from (select distinct r.referrer_key as referrer_key from referral_edges r) e
  anti join referral_buyers b on b.client_key = e.referrer_key
)
select
  row_number() over (order by f.place, f.problem, f.item)::bigint as row_no,
  f.problem::varchar as problem,
  f.client_key::varchar as client_id,
  f.item::varchar as item,
  f.people::bigint as people,
  f.amount::decimal(18,2) as amount
from found f
order by 1
