-- Rewards owed and not yet given.
-- grain: order_id
-- uses: referral_owed, referral_paid
select w.order_id as order_id, w.referrer_key as referrer_key, w.generation as generation, w.bought_on as bought_on, w.place as place, w.amount as amount
from referral_owed w
anti join referral_paid p on p.order_id = w.order_id
where w.amount > 0
