-- How many leads, consultations, orders, touches and shared upsells name each person, by the store they belong to.
-- refreshed: adding acts
-- grain: staff_id, store
-- column staff_id varchar not null: inviter of the lead, who received, signed, held the visit, offered or sold together
-- column store varchar: of the journey, of touches that of their order
-- column acts bigint not null: how many
with named as (
  select j.inviter as staff_id, j.store as store, count(*)::bigint as acts
  from begun_journeys j
  where j.inviter is not null
  group by j.inviter, j.store
  union all
  select a.staff_id as staff_id, p.store as store, count(*)::bigint as acts
  from acts a
  join paths p on p.journey_id = a.journey_id
  where a.staff_id is not null
  group by a.staff_id, p.store
  union all
  select t.staff_id as staff_id, t.store as store, count(*)::bigint as acts
  from touches t
  where t.staff_id is not null and t.kind <> 'signed'
  group by t.staff_id, t.store
  union all
  select u.co_staff_id as staff_id, t.store as store, count(*)::bigint as acts
  from exports.upsells u
  join touches t on t.touch_id = 'upsell:' || u.upsell_id
  where u.co_staff_id is not null and u.co_staff_id is distinct from u.staff_id
  group by u.co_staff_id, t.store
)
select
  n.staff_id::varchar as staff_id,
  n.store::varchar as store,
  sum(n.acts)::bigint as acts
from named n
group by n.staff_id, n.store
