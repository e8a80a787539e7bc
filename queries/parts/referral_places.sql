-- The trees: everybody who sent somebody or was sent, once, below whom, in which generation. Generation 0 was sent by nobody,
-- or stands where a circle was cut.
-- grain: client_key
-- uses: referral_edges, referral_cuts
with recursive kept as (
  select e.client_key as client_key, e.referrer_key as referrer_key
  from referral_edges e
  anti join referral_cuts c on c.client_key = e.client_key
),
placed as (
  select distinct k.referrer_key::varchar as client_key, null::varchar as parent_key, k.referrer_key::varchar as root_key, 0::bigint as generation
  from kept k
  left join kept p on p.client_key = k.referrer_key
  where p.client_key is null
  union all
  select k.client_key::varchar as client_key, k.referrer_key::varchar as parent_key, p.root_key::varchar as root_key, (p.generation + 1)::bigint as generation
  from placed p
  join kept k on k.referrer_key = p.client_key
  where p.generation < 900
)
select p.client_key as client_key, p.parent_key as parent_key, p.root_key as root_key, p.generation as generation
from placed p
