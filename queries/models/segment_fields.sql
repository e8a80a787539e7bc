-- The fields by which journeys may be divided and filtered.
-- Those of the contract that point at no person, and the unknown columns of leads, visits and orders that have at most
-- 50 values.
-- grain: field
-- column field varchar not null: name as asked for in by and where
-- column is_extra boolean not null: an unknown column that an export brought along
with known as (
  select v.field as field
  from (
    values
      ('store'), ('channel'), ('campaign'), ('staff'), ('inviter'), ('seller'), ('city'), ('district'), ('age_group'),
      ('budget'), ('reason'), ('tactic'), ('package'), ('returning'), ('kind')
  ) v(field)
),
extras as (
  select j.lead_extra as extra from journeys j where j.lead_extra is not null
  union
  select j.visit_extra as extra from journeys j where j.visit_extra is not null
  union
  select j.order_extra as extra from journeys j where j.order_extra is not null
),
named as (
  select e.extra as extra, unnest(attribute_names(e.extra)) as field
  from extras e
),
counted as (
  select n.field as field, count(distinct attribute(n.extra, n.field))::bigint as value_count
  from named n
  group by n.field
)
select k.field::varchar as field, false::boolean as is_extra
from known k
union all
select c.field::varchar as field, true::boolean as is_extra
from counted c
anti join known k on k.field = c.field
where c.value_count <= 50
