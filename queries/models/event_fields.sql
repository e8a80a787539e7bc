-- The attributes by which events may be told apart: those with at most 50 values.
-- One is personal when at least a fifth of its different values hold a telephone number, an e-mail address or the number of an
-- identity card; the server never divides or filters by it, nor by one with a personal header. It is one of the staff when at
-- least half of them are numbers or names of staff: in the list of staff, or whom an event names.
-- built: view
-- grain: field
-- column field varchar not null: name, as conditions write it
-- column is_personal boolean not null: its values point at people
-- column is_staff boolean not null: the values are members of staff
with objects as (
  select e.attributes as object from events e where e.attributes is not null
  union
  select e.extra as object from events e where e.extra is not null
),
named as (
  select o.object as object, unnest(attribute_names(o.object)) as field
  from objects o
),
given as (
  select distinct n.field as field, attribute(n.object, n.field) as value
  from named n
),
people as (
  select s.staff_id as called from exports.staff s
  union
  select s.name as called from exports.staff s where s.name is not null
  union
  select e.staff_id as called from events e where e.staff_id is not null
),
counted as (
  select
    g.field as field,
    count(g.value)::bigint as value_count,
    count(case when holds_contact(g.value) then 1 end)::bigint as contact_count,
    count(p.called)::bigint as staff_count
  from given g
  left join people p on p.called = g.value
  group by g.field
)
select
  c.field::varchar as field,
  (c.contact_count > 0 and c.contact_count * 5 >= c.value_count)::boolean as is_personal,
  (c.staff_count > 0 and c.staff_count * 2 >= c.value_count)::boolean as is_staff
from counted c
where c.value_count <= 50
