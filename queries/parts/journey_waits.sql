-- Days from the beginning of each asked journey of a period to the asked step, for those that reached it by as_of.
-- grain: journey_id
-- uses: $from, $to, $as_of, $step
with dated as (
  select
    j.journey_id as journey_id,
    j.segment as segment,
    j.began_at as began_at,
    case $step::varchar
      when 'active' then j.active_at
      when 'bought' then j.bought_at
      when 'bought_again' then j.bought_again_at
      else j.brought_friend_at
    end as reached_at
  from asked_journeys j
  where j.began_on between $from::date and least($to::date, $as_of::date)
)
select
  d.journey_id as journey_id,
  d.segment as segment,
  safe_ratio(seconds_between(d.began_at, d.reached_at), 86400) as days
from dated d
where day_of(d.reached_at) <= $as_of::date
