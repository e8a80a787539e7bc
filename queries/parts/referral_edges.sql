-- Who first sent each referred client: the earliest lead that names somebody else.
-- grain: client_key
-- uses: referral_leads
select
  l.client_key as client_key,
  l.referrer_key as referrer_key,
  l.began_at as began_at,
  l.began_on as began_on,
  l.journey_id as journey_id
from referral_leads l
where l.referrer_key is not null and l.referrer_key <> l.client_key
qualify row_number() over (partition by l.client_key order by l.began_at, l.journey_id) = 1
