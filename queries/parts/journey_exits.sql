-- At which age each asked journey of a period went on to the asked step, was lost, or was last seen.
-- Days from the beginning; a step or loss that is dated before it counts as day 0. A journey that goes on after its loss has
-- gone on. Of a store whose list has a gap at the end nobody knows more than up to its last row.
-- grain: segment, age, reached, lost
-- uses: $from, $to, $as_of, $step, asked_journey_days, silent_stores
with dated as (
  select
    j.segment as segment,
    j.people as people,
    j.began_on as began_on,
    j.lost_on as lost_on,
    case $step::varchar when 'active' then s.visits_until else s.orders_until end as silent_from,
    case $step::varchar
      when 'active' then j.active_on
      when 'bought' then j.bought_on
      when 'bought_again' then j.bought_again_on
      else j.brought_friend_on
    end as reached_on
  from asked_journey_days j
  left join silent_stores s on s.store_key = j.store_key
  where j.began_on between $from::date and least($to::date, $as_of::date)
),
waits as (
  select
    d.segment as segment,
    d.people as people,
    days_between(d.began_on, coalesce(d.silent_from, $as_of::date)) as seen_days,
    case when d.reached_on is not null then greatest(days_between(d.began_on, d.reached_on), 0) end as reached_days,
    case when d.lost_on is not null then greatest(days_between(d.began_on, d.lost_on), 0) end as lost_days
  from dated d
),
ends as (
  select
    w.*,
    coalesce((w.reached_days <= w.seen_days)::int, 0) as reached,
    coalesce((w.lost_days <= w.seen_days)::int, 0) as given_up
  from waits w
  where w.seen_days >= 0
)
select
  0::bigint as series_no,
  e.segment as segment,
  case when e.reached = 1 then e.reached_days when e.given_up = 1 then e.lost_days else e.seen_days end as age,
  e.reached as reached,
  e.given_up * (1 - e.reached) as lost,
  sum(e.people)::bigint as people
from ends e
group by 1, 2, 3, 4, 5
