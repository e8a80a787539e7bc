-- Leads by as_of, whom their card names as the client who sent them, and the first order that came of each.
-- Clients are those of client_links: a customer number, or whoever bears the same telephone.
-- grain: journey_id
-- uses: $as_of
with named as (
  select
    j.journey_id as journey_id,
    j.began_at as began_at,
    j.began_on as began_on,
    j.store as store,
    case when j.bought_on <= $as_of::date then j.order_id end as order_id,
    case when j.bought_on <= $as_of::date then j.bought_on end as bought_on,
    coalesce('C:' || j.customer_id, j.journey_id) as person_id,
    'C:' || j.referrer_customer_id as sender_id
  from begun_journeys j
  where j.kind = 'lead' and j.began_on <= $as_of::date
)
select
  n.journey_id as journey_id,
  n.began_at as began_at,
  n.began_on as began_on,
  n.store as store,
  n.order_id as order_id,
  n.bought_on as bought_on,
  coalesce(k.client_id, n.person_id)::varchar as client_key,
  coalesce(r.client_id, n.sender_id)::varchar as referrer_key
from named n
left join client_links k on k.person_id = n.person_id
left join client_links r on r.person_id = n.sender_id
