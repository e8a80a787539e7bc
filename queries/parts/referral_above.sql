-- Everybody in a tree with each who stands above them, however far.
-- grain: client_key, above_key
-- uses: referral_places
with recursive above as (
  select p.client_key::varchar as client_key, p.parent_key::varchar as above_key, 1::bigint as steps
  from referral_places p
  where p.parent_key is not null
  union all
  select a.client_key::varchar as client_key, p.parent_key::varchar as above_key, (a.steps + 1)::bigint as steps
  from above a
  join referral_places p on p.client_key = a.above_key
  where p.parent_key is not null and a.steps < 900
)
select a.client_key as client_key, a.above_key as above_key, a.steps as steps
from above a
