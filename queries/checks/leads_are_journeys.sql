-- check: every lead that is not dated after its import is one journey of kind lead
-- severity: error
with leads as (
  select count(*)::bigint as rows
  from exports.leads l
  where day_of(l.created_at) <= l.imported_on
),
lead_journeys as (
  select coalesce(sum(j.people), 0)::bigint as rows
  from journey_days j
  where j.kind = 'lead'
)
select l.rows::bigint as leads, j.rows::bigint as lead_journeys
from leads l
cross join lead_journeys j
where l.rows <> j.rows
