-- Journeys of a customer who had begun an earlier one.
-- grain: journey_id
-- column journey_id varchar not null: see acts
with begun as (
  select j.journey_id as journey_id, j.began_at as began_at, j.customer_id as customer_id
  from begun_journeys j
  where j.customer_id is not null
),
repeated as (
  select b.customer_id as customer_id, min(b.began_at) as first_at
  from begun b
  group by b.customer_id
  having count(*) > 1
),
of_repeated as materialized (
  select
    b.journey_id as journey_id,
    b.customer_id as customer_id,
    (b.began_at = r.first_at)::boolean as is_earliest
  from begun b
  join repeated r on r.customer_id = b.customer_id
),
tied as (
  select o.customer_id as customer_id, min(o.journey_id) as first_journey_id
  from of_repeated o
  where o.is_earliest
  group by o.customer_id
  having count(*) > 1
)
select o.journey_id::varchar as journey_id
from of_repeated o
left join tied t on t.customer_id = o.customer_id
where not o.is_earliest or o.journey_id > t.first_journey_id
