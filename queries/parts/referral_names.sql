-- What people in the trees are called, masked.
-- grain: client_key
-- uses: referral_places
with named as (
  select 'C:' || c.customer_id as client_key, c.name as name, 1 as place
  from exports.customers c
  where c.name is not null
  union all
  select coalesce('C:' || l.customer_id, 'L:' || l.lead_id) as client_key, l.customer_name as name, 2 as place
  from exports.leads l
  where l.customer_name is not null
)
select p.client_key as client_key, min(masked_name(n.name)) as customer_name
from referral_places p
join named n on n.client_key = p.client_key
group by p.client_key
