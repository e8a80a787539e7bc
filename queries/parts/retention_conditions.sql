-- The conditions on what begins a cohort and on what counts as coming back, one row each; `every` is what both have to meet.
-- grain: part, condition_no
-- uses: $cohort_where, $return_where, $conditions
with listed as (
  select 'cohort' as part, unnest(json_items(coalesce($cohort_where::varchar, '[]'))) as condition
  union all
  select 'return' as part, unnest(json_items(coalesce($return_where::varchar, '[]'))) as condition
  union all
  select 'every' as part, unnest(json_items(coalesce($conditions::varchar, '[]'))) as condition
)
select
  l.part as part,
  attribute(l.condition, 'field') as field,
  attribute(l.condition, 'op') as op,
  json_texts(attribute(l.condition, 'values')) as texts,
  row_number() over (partition by l.part order by l.condition)::bigint as condition_no
from listed l
