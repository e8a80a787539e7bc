-- One row per asked journey and step that it ever reached, with the business day.
-- grain: journey_id, step_no
-- uses: asked_journeys
select
  j.journey_id as journey_id,
  j.kind as kind,
  j.segment as segment,
  j.known_step as known_step,
  j.store as store,
  coalesce(j.store, '') as store_key,
  j.campaign as campaign,
  j.began_on as began_on,
  s.step_no as step_no,
  case s.step_no
    when 2 then j.began_on
    when 3 then j.active_on
    when 4 then j.bought_on
    when 5 then j.bought_again_on
    else j.brought_friend_on
  end as step_on
from asked_journeys j
cross join (select v.step_no::bigint as step_no from (values (2), (3), (4), (5), (6)) v(step_no)) s
where
  case s.step_no
    when 2 then j.began_on
    when 3 then j.active_on
    when 4 then j.bought_on
    when 5 then j.bought_again_on
    else j.brought_friend_on
  end is not null
