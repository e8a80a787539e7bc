-- The attributes by which events may be told apart: those with at most 50 values.
-- One is personal when at least a fifth of its different values hold a telephone number, an e-mail address or the number of an
-- identity card; the server never divides or filters by it, nor by one with a personal header.
-- built: view
-- grain: field
-- column field varchar not null: name, as conditions write it
-- column is_personal boolean not null: its values point at people
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
)
select
  g.field::varchar as field,
  (count(case when holds_contact(g.value) then 1 end) > 0
    and count(case when holds_contact(g.value) then 1 end) * 5 >= count(g.value))::boolean as is_personal
from given g
group by g.field
having count(g.value) <= 50
