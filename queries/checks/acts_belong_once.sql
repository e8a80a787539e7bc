-- check: every consultation visit and every order that is not dated after its import belongs to exactly one journey
-- severity: error
with facts as (
  select 'visit' as kind, count(*)::bigint as rows
  from exports.visits v
  where v.purpose = 'consult' and day_of(v.visited_at) <= v.imported_on
  union all
  select 'order' as kind, count(*)::bigint as rows
  from exports.orders o
  where day_of(o.ordered_at) <= o.imported_on
),
placed as (
  select a.kind as kind, count(*)::bigint as rows, count(distinct a.act_id)::bigint as acts
  from acts a
  join paths p on p.journey_id = a.journey_id
  group by a.kind
)
select
  f.kind::varchar as kind,
  f.rows::bigint as rows,
  coalesce(p.rows, 0)::bigint as placed_rows,
  coalesce(p.acts, 0)::bigint as placed_acts
from facts f
left join placed p on p.kind = f.kind
where f.rows <> coalesce(p.rows, 0) or f.rows <> coalesce(p.acts, 0)
