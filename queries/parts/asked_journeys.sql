-- The journeys that the filters leave, each with its value of the asked segment.
-- Part of every report on journeys: `by` names the segment, `where` holds entries field=value (an empty value means
-- missing; several values of one field are alternatives, several fields all have to hold). A journey has one value of
-- each field, so it stays when it matches as many entries as fields are filtered. known_step is the latest step that
-- had to happen for the values of the segment and the filters to be known. Who is returning is only looked up when asked for: of
-- many journeys that alone takes longer than all else.
-- built: view
-- grain: journey_id
-- uses: $by, $where, $viewer_shown, asked_filters, unknown_matches
select
  j.journey_id as journey_id,
  j.kind as kind,
  j.store as store,
  j.channel as channel,
  j.campaign as campaign,
  -- with viewer_shown
  shown_segment($viewer_shown::varchar[],
  -- end
  case
    when $by::varchar is null then 'all'
    -- with by
    when $by::varchar = 'store' then j.store
    when $by::varchar = 'channel' then j.channel
    when $by::varchar = 'campaign' then j.campaign
    when $by::varchar = 'staff' then j.staff
    when $by::varchar = 'inviter' then j.inviter
    when $by::varchar = 'seller' then j.seller
    when $by::varchar = 'city' then j.city
    when $by::varchar = 'district' then j.district
    when $by::varchar = 'age_group' then j.age_group
    when $by::varchar = 'budget' then j.budget
    when $by::varchar = 'reason' then j.reason
    when $by::varchar = 'tactic' then j.tactic
    when $by::varchar = 'package' then j.package
    when $by::varchar = 'kind' then j.kind
    -- end
    -- with by of returning
    when $by::varchar = 'returning' then case when e.journey_id is not null then 'yes' else 'no' end
    -- end
    -- with by
    else coalesce(
      attribute(j.lead_extra, coalesce($by::varchar, '')),
      attribute(j.visit_extra, coalesce($by::varchar, '')),
      attribute(j.order_extra, coalesce($by::varchar, ''))
    )
    -- end
  end
  -- with viewer_shown
  )
  -- end
  as segment,
  greatest(
    -- with by
    case
      when $by::varchar = 'store' then j.store_step
      when $by::varchar = 'staff' then j.staff_step
      when $by::varchar = 'seller' then j.seller_step
      when $by::varchar = 'reason' then j.reason_step
      when $by::varchar = 'tactic' then j.tactic_step
      when $by::varchar = 'package' then j.package_step
      when coalesce($by::varchar, 'kind') in ('channel', 'campaign', 'inviter', 'city', 'district', 'age_group', 'budget', 'kind', 'returning') then 2
      when attribute(j.lead_extra, coalesce($by::varchar, '')) is not null then 2
      when attribute(j.visit_extra, coalesce($by::varchar, '')) is not null then j.visit_step
      when attribute(j.order_extra, coalesce($by::varchar, '')) is not null then j.order_step
    end,
    -- end
    -- with where of store
    case when is_in($where::varchar[], 'store=' || coalesce(j.store, '')) then j.store_step end,
    -- end
    -- with where of staff
    case when is_in($where::varchar[], 'staff=' || coalesce(j.staff, '')) then j.staff_step end,
    -- end
    -- with where of seller
    case when is_in($where::varchar[], 'seller=' || coalesce(j.seller, '')) then j.seller_step end,
    -- end
    -- with where of reason
    case when is_in($where::varchar[], 'reason=' || coalesce(j.reason, '')) then j.reason_step end,
    -- end
    -- with where of tactic
    case when is_in($where::varchar[], 'tactic=' || coalesce(j.tactic, '')) then j.tactic_step end,
    -- end
    -- with where of package
    case when is_in($where::varchar[], 'package=' || coalesce(j.package, '')) then j.package_step end,
    -- end
    -- with where beyond store, channel, campaign, staff, inviter, seller, city, district, age_group, budget, reason, tactic, package, kind, returning
    u.known_step,
    -- end
    2
  )::bigint as known_step,
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
from begun_journeys j
-- with by or where of returning
left join later_journeys e on e.journey_id = j.journey_id
-- end
-- with where beyond store, channel, campaign, staff, inviter, seller, city, district, age_group, budget, reason, tactic, package, kind, returning
left join unknown_matches u on u.journey_id = j.journey_id
-- end
-- with where
where
  0
    -- end
    -- with where of store
    + (is_in($where::varchar[], 'store=' || coalesce(j.store, '')))::int
    -- end
    -- with where of channel
    + (is_in($where::varchar[], 'channel=' || coalesce(j.channel, '')))::int
    -- end
    -- with where of campaign
    + (is_in($where::varchar[], 'campaign=' || coalesce(j.campaign, '')))::int
    -- end
    -- with where of staff
    + (is_in($where::varchar[], 'staff=' || coalesce(j.staff, '')))::int
    -- end
    -- with where of inviter
    + (is_in($where::varchar[], 'inviter=' || coalesce(j.inviter, '')))::int
    -- end
    -- with where of seller
    + (is_in($where::varchar[], 'seller=' || coalesce(j.seller, '')))::int
    -- end
    -- with where of city
    + (is_in($where::varchar[], 'city=' || coalesce(j.city, '')))::int
    -- end
    -- with where of district
    + (is_in($where::varchar[], 'district=' || coalesce(j.district, '')))::int
    -- end
    -- with where of age_group
    + (is_in($where::varchar[], 'age_group=' || coalesce(j.age_group, '')))::int
    -- end
    -- with where of budget
    + (is_in($where::varchar[], 'budget=' || coalesce(j.budget, '')))::int
    -- end
    -- with where of reason
    + (is_in($where::varchar[], 'reason=' || coalesce(j.reason, '')))::int
    -- end
    -- with where of tactic
    + (is_in($where::varchar[], 'tactic=' || coalesce(j.tactic, '')))::int
    -- end
    -- with where of package
    + (is_in($where::varchar[], 'package=' || coalesce(j.package, '')))::int
    -- end
    -- with where of kind
    + (is_in($where::varchar[], 'kind=' || j.kind))::int
    -- end
    -- with where beyond store, channel, campaign, staff, inviter, seller, city, district, age_group, budget, reason, tactic, package, kind, returning
    + coalesce(u.matched, 0)
    -- end
    -- with where of returning
    + (is_in($where::varchar[], 'returning=' || case when e.journey_id is not null then 'yes' else 'no' end))::int
    -- end
    -- with where
  = (select count(*) from asked_filters f)
-- end
