-- The asked brackets, in days since the own start: from a bound to before the next one.
-- grain: period_no
-- uses: $brackets
with bounds as (
  select attribute(b.bound, 'from')::bigint as from_day
  from (select unnest(json_items(coalesce($brackets::varchar, '[]'))) as bound) b
),
following as (
  select b.from_day as from_day, lead(maybe(b.from_day)) over (order by b.from_day) as next_day
  from bounds b
)
select
  row_number() over (order by f.from_day)::bigint as period_no,
  f.from_day as from_day,
  (f.next_day - 1)::bigint as to_day
from following f
where f.next_day is not null
