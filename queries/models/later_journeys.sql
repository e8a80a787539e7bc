-- Journeys of a customer who had begun an earlier one.
-- grain: journey_id
-- column journey_id varchar not null: see acts
with begun as (
  select
    'L:' || l.lead_id as journey_id,
    l.created_at as began_at,
    coalesce(l.customer_id, p.customer_id) as customer_id
  from exports.leads l
  left join paths p on p.lead_id = l.lead_id
  where day_of(l.created_at) <= l.imported_on and (l.customer_id is not null or p.customer_id is not null)
  union all
  select p.journey_id as journey_id, p.first_at as began_at, p.customer_id as customer_id
  from paths p
  where not p.announced and p.customer_id is not null
),
repeated as (
  select b.customer_id as customer_id
  from begun b
  group by b.customer_id
  having count(*) > 1
),
numbered as (
  select
    b.journey_id as journey_id,
    row_number() over (partition by b.customer_id order by b.began_at, b.journey_id)::bigint as place
  from begun b
  semi join repeated r on r.customer_id = b.customer_id
)
select n.journey_id::varchar as journey_id
from numbered n
where n.place > 1
