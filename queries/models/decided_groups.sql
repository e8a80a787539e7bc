-- Who is one client by decisions of somebody: everybody whom a decision that counts concerns, with their client.
-- Whoever is another client by telephone is that one here, unless a decision *different* on the two takes them out: of two
-- whom the telephone makes one client it takes out the one with the greater person_id. *Same* joins two and all who are the
-- same as either, over at most 64 decisions one after another.
-- grain: person_id
-- column person_id varchar not null: client by telephone, or whom a decision took out of what the telephone says
-- column client_id varchar not null: smallest person_id of those joined, customers before journeys; their own where none is
with recursive taken_out as (
  select distinct d.second_id as person_id
  from decided_pairs d
  join phone_links s on s.person_id = d.second_id
  left join phone_links f on f.person_id = d.first_id
  where d.is_latest and d.decision = 'different' and s.client_id = coalesce(f.client_id, d.first_id)
),
known as (
  select p.person_id as person_id, p.client_id as client_id
  from phone_links p
  anti join taken_out t on t.person_id = p.person_id
),
joined as (
  select coalesce(f.client_id, d.first_id) as one_id, coalesce(s.client_id, d.second_id) as other_id
  from decided_pairs d
  left join known f on f.person_id = d.first_id
  left join known s on s.person_id = d.second_id
  where d.is_latest and d.decision = 'same'
),
neighbours as (
  select j.one_id as person_id, j.other_id as neighbour_id from joined j
  union distinct
  select j.other_id as person_id, j.one_id as neighbour_id from joined j
  union distinct
  select j.one_id as person_id, j.one_id as neighbour_id from joined j
  union distinct
  select j.other_id as person_id, j.other_id as neighbour_id from joined j
  union distinct
  select t.person_id as person_id, t.person_id as neighbour_id from taken_out t
),
reached as (
  select n.person_id as person_id, min(n.neighbour_id) as client_id, 1::bigint as steps
  from neighbours n
  group by n.person_id
  union all
  select n.person_id as person_id, min(r.client_id) as client_id, (max(r.steps) + 1)::bigint as steps
  from reached r
  join neighbours n on n.neighbour_id = r.person_id
  where r.steps < 64
  group by n.person_id
)
select r.person_id::varchar as person_id, min(r.client_id)::varchar as client_id
from reached r
group by r.person_id
