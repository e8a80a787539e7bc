-- Rewards given by as_of and how each stands: given, paid_twice (a further one for the same order), to_reclaim (the order was
-- cancelled), without_order (it names none that is known) or not_referred (the order that it names was not).
-- A reward without an amount is taken for what is owed.
-- grain: reward_id
-- uses: referral_orders, referral_owed, $as_of
with given as (
  select
    r.reward_id as reward_id,
    r.order_id as order_id,
    day_of(r.given_at) as given_on,
    r.amount as amount,
    coalesce(k.client_id, 'C:' || r.referrer_customer_id)::varchar as referrer_key,
    row_number() over (partition by r.order_id order by r.given_at, r.reward_id)::bigint as place
  from exports.referral_rewards r
  left join client_links k on k.person_id = 'C:' || r.referrer_customer_id
  where day_of(r.given_at) <= $as_of::date and day_of(r.given_at) <= r.imported_on
)
select
  g.reward_id as reward_id,
  g.order_id as order_id,
  g.given_on as given_on,
  coalesce(g.amount, w.amount, 0)::decimal(18,2) as amount,
  coalesce(g.referrer_key, o.referrer_key)::varchar as referrer_key,
  coalesce(o.generation, 0)::bigint as generation,
  case
    when g.order_id is null or a.act_id is null then 'without_order'
    when a.cancelled and a.taken_back_on <= $as_of::date then 'to_reclaim'
    when o.order_id is null then 'not_referred'
    when g.place > 1 then 'paid_twice'
    else 'given'
  end as standing
from given g
left join acts a on a.kind = 'order' and a.act_id = g.order_id and a.happened_on <= $as_of::date
left join referral_orders o on o.order_id = g.order_id
left join referral_owed w on w.order_id = g.order_id
