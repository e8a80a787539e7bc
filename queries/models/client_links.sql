-- Persons who are the same client as another, by telephone (phone_links) or by what somebody decided (decided_groups).
-- Of two who are the same by other decisions, one that says they are different changes nothing.
-- grain: person_id
-- column person_id varchar not null: C:customer_id, else journey_id of a journey without a customer; see events
-- column client_id varchar not null: person_id of whom it is, always another
with known as (
  select p.person_id as person_id, coalesce(o.client_id, g.client_id, p.client_id) as client_id
  from phone_links p
  left join decided_groups o on o.person_id = p.person_id
  left join decided_groups g on g.person_id = p.client_id
  union all
  select g.person_id as person_id, g.client_id as client_id
  from decided_groups g
  anti join phone_links p on p.person_id = g.person_id
)
select k.person_id::varchar as person_id, k.client_id::varchar as client_id
from known k
where k.client_id <> k.person_id
