-- Clients: everybody who ever visited, ordered or brought a lead, each with their first journey.
-- Segments of a client are those of the first journey. Who only is a lead is a journey (see journeys) and no client yet.
-- grain: client_no
-- column client_no bigint not null: number of the client: the smallest act_no of their acts
-- column client_id varchar not null: C:customer_id, else the journey_id that they are known by
-- column first_journey_id varchar: the journey that began first; null for whoever only brought leads
-- column began_on date not null: business day of the first journey or act
-- column lead_on date: business day of the first lead
-- column visited_on date: business day of the first consultation visit
-- column bought_on date: business day of the first order
with acting as materialized (
  select a.client_id as client_id, min(a.client_no) as client_no, min(a.happened_on) as acted_on
  from client_acts a
  group by a.client_id
),
persons as (
  select
    coalesce('C:' || j.customer_id, j.journey_id) as person_id, j.journey_id as journey_id, j.kind as kind, j.began_at as began_at,
    j.began_on as began_on, j.visited_on as visited_on, j.bought_on as bought_on
  from begun_journeys j
),
journeys_of_clients as materialized (
  select a.client_id as client_id, p.*
  from persons p
  left join client_links k on k.person_id = p.person_id
  join acting a on a.client_id = coalesce(k.client_id, p.person_id)
),
begun as (
  select
    j.client_id as client_id,
    min(j.began_at) as began_at,
    min(j.began_on) as began_on,
    min(case when j.kind = 'lead' then j.began_on end) as lead_on,
    min(j.visited_on) as visited_on,
    min(j.bought_on) as bought_on
  from journeys_of_clients j
  group by j.client_id
),
first_journeys as (
  select j.client_id as client_id, min(j.journey_id) as journey_id
  from journeys_of_clients j
  join begun b on b.client_id = j.client_id and b.began_at = j.began_at
  group by j.client_id
)
select
  a.client_no::bigint as client_no,
  a.client_id::varchar as client_id,
  f.journey_id::varchar as first_journey_id,
  least(b.began_on, a.acted_on)::date as began_on,
  b.lead_on::date as lead_on,
  b.visited_on::date as visited_on,
  b.bought_on::date as bought_on
from acting a
left join begun b on b.client_id = a.client_id
left join first_journeys f on f.client_id = a.client_id
