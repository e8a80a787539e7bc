-- When each referred client first ordered by the lead that their referrer's card brought, whether or not it was cancelled later.
-- grain: client_key
-- uses: referral_leads, referral_places
select p.client_key as client_key, p.parent_key as referrer_key, min(l.bought_on) as ordered_on
from referral_places p
join referral_leads l on l.client_key = p.client_key and l.referrer_key = p.parent_key
where p.generation > 0 and l.order_id is not null
group by p.client_key, p.parent_key
