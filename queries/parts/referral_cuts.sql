-- Where people are said to have sent each other in a circle: the latest lead of each circle, which closed it, is cut.
-- Circles of more than 200 people are not found; nobody in one is in a tree.
-- grain: client_key
-- uses: referral_edges
with recursive grown as (
  select e.client_key::varchar as client_key, 1::bigint as generation
  from referral_edges e
  left join referral_edges p on p.client_key = e.referrer_key
  where p.client_key is null
  union all
  select e.client_key::varchar as client_key, (g.generation + 1)::bigint as generation
  from grown g
  join referral_edges e on e.referrer_key = g.client_key
  where g.generation < 900
),
lost as (
  select e.client_key as client_key, e.referrer_key as referrer_key, e.began_at as began_at, e.journey_id as journey_id
  from referral_edges e
  anti join grown g on g.client_key = e.client_key
),
walks as (
  select l.client_key::varchar as start_key, l.referrer_key::varchar as at_key, 1::bigint as steps
  from lost l
  union all
  select w.start_key::varchar as start_key, l.referrer_key::varchar as at_key, (w.steps + 1)::bigint as steps
  from walks w
  join lost l on l.client_key = w.at_key
  where w.at_key <> w.start_key and w.steps < 200
),
closed as (
  select w.start_key as start_key, max(w.steps) as people
  from walks w
  where w.at_key = w.start_key
  group by w.start_key
),
circles as (
  select c.start_key as client_key, c.people as people, min(w.at_key) as circle_key
  from closed c
  join walks w on w.start_key = c.start_key
  group by c.start_key, c.people
)
select
  c.client_key as client_key,
  c.people as people,
  l.referrer_key as referrer_key,
  l.journey_id as journey_id
from circles c
join lost l on l.client_key = c.client_key
qualify row_number() over (partition by c.circle_key order by l.began_at desc, l.journey_id desc) = 1
