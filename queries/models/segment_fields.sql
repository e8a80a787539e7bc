-- The fields by which journeys may be divided and filtered.
-- Those of the contract that point at no person, and the unknown columns of leads, visits and orders that have at most
-- 50 values. An unknown column is personal when at least a fifth of its different values hold a telephone number, an e-mail
-- address or the number of an identity card; the server never divides or filters by it, nor by one with a personal header.
-- It is one of the staff when at least half of them are numbers or names of staff: in the list of staff, or whom a journey names.
-- refreshed: whole
-- grain: field
-- column field varchar not null: name as asked for in by and where
-- column is_extra boolean not null: an unknown column that an export brought along
-- column is_personal boolean not null: an unknown column whose values point at people
-- column is_staff boolean not null: the values are members of staff
with known as (
  select v.field as field
  from (
    values
      ('store'), ('channel'), ('campaign'), ('staff'), ('inviter'), ('seller'), ('city'), ('district'), ('age_group'),
      ('budget'), ('reason'), ('tactic'), ('package'), ('returning'), ('kind')
  ) v(field)
),
extras as (
  select j.lead_extra as extra from begun_journeys j where j.lead_extra is not null
  union
  select j.visit_extra as extra from begun_journeys j where j.visit_extra is not null
  union
  select j.order_extra as extra from begun_journeys j where j.order_extra is not null
),
named as (
  select e.extra as extra, unnest(attribute_names(e.extra)) as field
  from extras e
),
given as (
  select distinct n.field as field, attribute(n.extra, n.field) as value
  from named n
),
people as (
  select s.staff_id as called from exports.staff s
  union
  select s.name as called from exports.staff s where s.name is not null
  union
  select j.inviter as called from begun_journeys j where j.inviter is not null
  union
  select j.seller as called from begun_journeys j where j.seller is not null
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
  k.field::varchar as field,
  false::boolean as is_extra,
  false::boolean as is_personal,
  (k.field in ('staff', 'inviter', 'seller'))::boolean as is_staff
from known k
union all
select
  c.field::varchar as field,
  true::boolean as is_extra,
  (c.contact_count > 0 and c.contact_count * 5 >= c.value_count)::boolean as is_personal,
  (c.staff_count > 0 and c.staff_count * 2 >= c.value_count)::boolean as is_staff
from counted c
anti join known k on k.field = c.field
where c.value_count <= 50
