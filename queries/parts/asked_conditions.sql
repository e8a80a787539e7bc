-- The conditions of the asked steps and exclusions, one row each; part 0 is what every event has to meet.
-- grain: part, part_no, condition_no
-- uses: $steps, $exclusions, $conditions
with parts as (
  select 'step' as part, s.step as text
  from (select unnest(json_items($steps::varchar)) as step) s
  union all
  select 'exclusion' as part, s.step as text
  from (select unnest(json_items(coalesce($exclusions::varchar, '[]'))) as step) s
),
listed as (
  select
    p.part as part,
    attribute(p.text, 'no')::bigint as part_no,
    attribute(p.text, 'kind') as kind,
    unnest(json_items(coalesce(attribute(p.text, 'where'), '[]'))) as condition
  from parts p
  union all
  select
    'every' as part,
    0::bigint as part_no,
    '*' as kind,
    unnest(json_items(coalesce($conditions::varchar, '[]'))) as condition
)
select
  l.part as part,
  l.part_no as part_no,
  l.kind as kind,
  attribute(l.condition, 'field') as field,
  attribute(l.condition, 'op') as op,
  json_texts(attribute(l.condition, 'values')) as texts,
  row_number() over (partition by l.part, l.part_no order by l.condition)::bigint as condition_no
from listed l
