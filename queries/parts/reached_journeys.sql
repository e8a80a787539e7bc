-- The journeys that reached a step in the period, and what has become of those that went no further in it.
-- Stores that are left out of a comparison (compare_from) are left out here too. With not_reached only journeys that had not
-- reached that later step by the period's end (cohort view: by as_of) remain, and each says how it stands at as_of: open, lost,
-- or by the furthest thing that it came to after all (visited, signed, bought_again, brought_friend). Who comes after the lead
-- was given up is not lost.
-- grain: journey_id
-- uses: asked_journeys, left_out_stores, $from, $to, $as_of, $view, $step, $not_reached, $compare_from
with left_out as (
  select g.store_key as store_key
  from left_out_stores g
  where $compare_from::date is not null and g.scope = 'any'
),
ends as (
  select
    least($to::date, $as_of::date) as to_on,
    case when $view::varchar = 'cohort' then $as_of::date else least($to::date, $as_of::date) end as until_on
),
dated as (
  select
    j.*,
    coalesce(j.store, '') as store_key,
    case $step::bigint
      when 2 then j.began_on
      when 3 then j.active_on
      when 4 then j.bought_on
      when 5 then j.bought_again_on
      else j.brought_friend_on
    end as reached_on,
    case $not_reached::bigint
      when 3 then j.active_on
      when 4 then j.bought_on
      when 5 then j.bought_again_on
      when 6 then j.brought_friend_on
    end as went_on_on
  from asked_journeys j
  anti join left_out g on g.store_key = coalesce(j.store, '')
)
select
  d.journey_id as journey_id,
  d.kind as kind,
  d.store as store,
  d.store_key as store_key,
  d.channel as channel,
  d.campaign as campaign,
  d.segment as segment,
  d.began_on as began_on,
  d.visited_on as visited_on,
  d.cancelled_on as cancelled_on,
  d.reached_on as reached_on,
  case
    when $not_reached::bigint is null then null
    when coalesce(d.went_on_on > $as_of::date, true) then
      case when $not_reached::bigint <= 4 and d.lost_on <= $as_of::date then 'lost' else 'open' end
    when $not_reached::bigint = 6 then 'brought_friend'
    when $not_reached::bigint = 5 then 'bought_again'
    when d.bought_on <= $as_of::date then 'signed'
    else 'visited'
  end as standing
from dated d
cross join ends e
where
  d.reached_on <= $as_of::date
  and case when $view::varchar = 'cohort' then d.began_on else d.reached_on end between $from::date and e.to_on
  and coalesce(d.went_on_on > e.until_on, true)
