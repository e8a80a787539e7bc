-- How many filters on unknown columns each journey matches, and the latest step that had to happen to know.
-- grain: journey_id
-- uses: $where, asked_filters
with unknown_values as (
  select
    j.journey_id as journey_id,
    f.field as field,
    coalesce(attribute(j.lead_extra, f.field), attribute(j.visit_extra, f.field), attribute(j.order_extra, f.field), '') as value,
    case
      when attribute(j.lead_extra, f.field) is not null then 2
      when attribute(j.visit_extra, f.field) is not null then j.visit_step
      when attribute(j.order_extra, f.field) is not null then j.order_step
    end as known_step
  from begun_journeys j
  cross join asked_filters f
  where
    f.field not in (
      'store', 'channel', 'campaign', 'staff', 'inviter', 'seller', 'city', 'district', 'age_group', 'budget', 'reason',
      'tactic', 'package', 'kind', 'returning'
    )
)
select
  v.journey_id as journey_id,
  sum((is_in($where::varchar[], v.field || '=' || v.value))::int) as matched,
  max(v.known_step) as known_step
from unknown_values v
group by v.journey_id
