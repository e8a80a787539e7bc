-- Through which stages of the life cycle one client has gone up to a day, the last first.
-- The client is whoever a key means: that of a customer, or a journey of somebody without a customer number. Who only is a lead
-- stands in A since the first journey. What a stage is: see client_stages.
-- grain: from_on
-- audience: owner, manager stores
-- param person_id varchar: whom: C:customer_id, else the journey that they are known by
-- param as_of date default as_of: the day; nothing later is counted
-- column from_on date not null: first day in the stage
-- column until_on date: last day in it; null for the stage they stand in on the day
-- column stage varchar not null: A, B, C, D or E
-- column came_from varchar: the stage before; null for the first
-- column client_id varchar not null: key of the client, whom others may be the same as
with asked as (
  select coalesce(max(maybe(k.client_id)), $person_id::varchar) as client_id
  from client_links k
  where k.person_id = $person_id::varchar
),
leads as (
  select a.client_id as client_id, min(j.began_on) as began_on
  from begun_journeys j
  left join client_links k on k.person_id = coalesce('C:' || j.customer_id, j.journey_id)
  join asked a on a.client_id = coalesce(k.client_id, coalesce('C:' || j.customer_id, j.journey_id))
  anti join clients c on c.client_id = a.client_id
  where j.began_on <= $as_of::date
  group by a.client_id
)
select z.*
from (
  select
    s.from_on::date as from_on,
    (case when s.until_on < $as_of::date then s.until_on end)::date as until_on,
    s.stage::varchar as stage,
    s.came_from::varchar as came_from,
    c.client_id::varchar as client_id
  from client_stages s
  join clients c on c.client_no = s.client_no
  join asked a on a.client_id = c.client_id
  where s.from_on <= $as_of::date
  union all
  select l.began_on::date as from_on, null::date as until_on, 'A'::varchar as stage, null::varchar as came_from, l.client_id::varchar as client_id
  from leads l
) z
order by z.from_on desc
