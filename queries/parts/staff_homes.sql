-- Everybody who works or has worked here, and whose store they are of: the list of staff says it; of whom it does not, the
-- one to which more than half of all that ever named them belongs, whatever period is asked. Without such a store they are
-- of none, and no manager's.
-- grain: staff_id
with named as (
  select n.staff_id as staff_id, n.store as store, n.acts as acts
  from staff_stores n
  union all
  select f.staff_id as staff_id, coalesce(p.store, l.store) as store, count(*)::bigint as acts
  from exports.followups f
  left join acts a on a.act_id = coalesce(f.visit_id, f.order_id) and a.kind = case when f.visit_id is null then 'order' else 'visit' end
  left join paths p on p.journey_id = coalesce(a.journey_id, 'L:' || f.lead_id)
  left join exports.leads l on l.lead_id = f.lead_id
  where f.staff_id is not null
  group by f.staff_id, coalesce(p.store, l.store)
),
shares as (
  select
    n.staff_id as staff_id,
    n.store as store,
    sum(n.acts) as acts,
    sum(sum(n.acts)) over (partition by n.staff_id) as all_acts
  from named n
  group by n.staff_id, n.store
),
usual as (
  select s.staff_id as staff_id, s.store as store
  from shares s
  where s.store is not null and s.acts * 2 > s.all_acts
),
people as (
  select s.staff_id as staff_id from exports.staff s
  union
  select n.staff_id as staff_id from named n
)
select
  p.staff_id as staff_id,
  s.name as name,
  s.role as role,
  coalesce(s.store, u.store) as store,
  s.hired_on as hired_on,
  s.left_on as left_on
from people p
left join exports.staff s on s.staff_id = p.staff_id
left join usual u on u.staff_id = p.staff_id
