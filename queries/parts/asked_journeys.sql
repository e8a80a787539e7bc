-- The journeys that the filters leave, each with its value of the asked segment.
-- Part of every report on journeys: `by` names the segment, `where` holds entries field=value (an empty value means
-- missing; several values of one field are alternatives, several fields all have to hold). known_step is the latest step
-- that had to happen for the values of the segment and the filters to be known.
-- grain: journey_id
-- uses: $by, $where
with asked_fields as (
  select $by::varchar as field, 1 as is_segment, 0 as is_filter
  union all
  select substring(w.entry, 1, position('=' in w.entry) - 1) as field, 0 as is_segment, 1 as is_filter
  from (select unnest($where::varchar[]) as entry) w
),
fields as (
  select f.field as field, max(f.is_segment) as is_segment, max(f.is_filter) as is_filter
  from asked_fields f
  where f.field is not null
  group by f.field
),
field_values as (
  select
    j.journey_id as journey_id,
    f.field as field,
    f.is_segment as is_segment,
    f.is_filter as is_filter,
    case f.field
      when 'store' then j.store
      when 'channel' then j.channel
      when 'campaign' then j.campaign
      when 'staff' then j.staff
      when 'inviter' then j.inviter
      when 'seller' then j.seller
      when 'city' then j.city
      when 'district' then j.district
      when 'age_group' then j.age_group
      when 'budget' then j.budget
      when 'reason' then j.reason
      when 'tactic' then j.tactic
      when 'package' then j.package
      when 'kind' then j.kind
      when 'returning' then case when j.returning then 'yes' else 'no' end
      else coalesce(attribute(j.lead_extra, f.field), attribute(j.visit_extra, f.field), attribute(j.order_extra, f.field))
    end as value,
    case
      when f.field = 'store' then j.store_step
      when f.field = 'staff' then j.staff_step
      when f.field = 'seller' then j.seller_step
      when f.field = 'reason' then j.reason_step
      when f.field = 'tactic' then j.tactic_step
      when f.field = 'package' then j.package_step
      when f.field in ('channel', 'campaign', 'inviter', 'city', 'district', 'age_group', 'budget', 'kind', 'returning') then 2
      when attribute(j.lead_extra, f.field) is not null then 2
      when attribute(j.visit_extra, f.field) is not null then j.visit_step
      when attribute(j.order_extra, f.field) is not null then j.order_step
    end as known_step
  from journeys j
  cross join fields f
),
judged as (
  select
    v.journey_id as journey_id,
    max(case when v.is_segment = 1 then v.value end) as segment,
    min(case when v.is_filter = 1 and not is_in($where::varchar[], v.field || '=' || coalesce(v.value, '')) then 0 else 1 end) as kept,
    max(v.known_step) as known_step
  from field_values v
  group by v.journey_id
)
select
  j.journey_id as journey_id,
  j.kind as kind,
  j.store as store,
  j.channel as channel,
  j.campaign as campaign,
  case when $by::varchar is null then 'all' else v.segment end as segment,
  coalesce(v.known_step, 2)::bigint as known_step,
  j.began_at as began_at,
  j.began_on as began_on,
  j.visited_on as visited_on,
  j.active_at as active_at,
  j.active_on as active_on,
  j.bought_at as bought_at,
  j.bought_on as bought_on,
  j.bought_again_at as bought_again_at,
  j.bought_again_on as bought_again_on,
  j.brought_friend_at as brought_friend_at,
  j.brought_friend_on as brought_friend_on,
  j.lost_on as lost_on,
  j.cancelled_on as cancelled_on
from journeys j
left join judged v on v.journey_id = j.journey_id
where coalesce(v.kept, 1) = 1
