-- The journeys begun from `from` to `to`, each with its campaign, how far it has come by as_of, and what its store records.
-- known_until: of a store whose list of orders has a gap at the end, its last known day.
-- grain: journey_id
-- uses: $from, $to, $as_of, silent_stores
with sources as (
  select
    coalesce(s.store, '') as store_key,
    max((s.step_no = 3)::int) as has_3,
    max((s.step_no = 4)::int) as has_4,
    max((s.step_no = 6)::int) as has_6
  from source_spans s
  where s.from_on <= $as_of::date and s.to_on >= add_days($from::date, -182)
  group by coalesce(s.store, '')
)
select
  j.journey_id as journey_id,
  j.campaign as campaign,
  j.channel as channel,
  j.kind as kind,
  j.began_on as began_on,
  coalesce(l.orders_until, $as_of::date) as known_until,
  coalesce(s.has_3, 0) as has_3,
  coalesce(s.has_4, 0) as has_4,
  coalesce(s.has_6, 0) as has_6,
  coalesce((j.active_on <= $as_of::date)::int, 0) as is_active,
  coalesce((j.bought_on <= $as_of::date)::int, 0) as is_bought,
  coalesce((j.brought_friend_on <= $as_of::date)::int, 0) as is_friend,
  coalesce((j.lost_on <= $as_of::date)::int, 0) as is_lost
from begun_journeys j
left join sources s on s.store_key = coalesce(j.store, '')
left join silent_stores l on l.store_key = coalesce(j.store, '')
where j.began_on between $from::date and least($to::date, $as_of::date)
