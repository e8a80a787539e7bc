-- The asked journeys by cohort, with the age at which they reached the step and at which they were lost.
-- Days from the beginning; a step or loss that is dated before it counts as day 0. Of a store whose list has a gap at the end
-- nothing is known after known_until. Left out are stores that record nothing of the step: from 26 weeks before the
-- beginning on no row of theirs tells of it.
-- grain: segment, began_on, known_until, reached_days, lost_days
-- uses: $as_of, $grain, $step, asked_journey_days, silent_stores
with asked_step as (
  select
    (case $step::varchar when 'active' then 3 when 'bought' then 4 when 'bought_again' then 5 else 6 end)::bigint as step_no,
    $step::varchar as step
),
dated as (
  select
    j.segment as segment,
    j.store_key as store_key,
    j.began_on as began_on,
    coalesce(case when a.step = 'active' then s.visits_until else s.orders_until end, $as_of::date) as known_until,
    case a.step
      when 'active' then j.active_on
      when 'bought' then j.bought_on
      when 'bought_again' then j.bought_again_on
      else j.brought_friend_on
    end as reached_on,
    j.lost_on as lost_on,
    j.people as people
  from asked_journey_days j
  cross join asked_step a
  left join silent_stores s on s.store_key = j.store_key
  where j.began_on <= $as_of::date
),
sources as (
  select coalesce(s.store, '') as store_key, max(s.to_on) as to_on
  from source_spans s
  join asked_step a on a.step_no = s.step_no
  where s.from_on <= $as_of::date
  group by coalesce(s.store, '')
)
select
  d.segment as segment,
  (case $grain::varchar when 'month' then month_start(d.began_on) else week_start(d.began_on) end)::date as starts_on,
  (case $grain::varchar when 'month' then add_days(month_start(add_days(month_start(d.began_on), 31)), -1) else add_days(week_start(d.began_on), 6) end)::date as ends_on,
  d.began_on as began_on,
  d.known_until as known_until,
  case when d.reached_on <= d.known_until then greatest(days_between(d.began_on, d.reached_on), 0) end as reached_days,
  case when d.lost_on <= d.known_until then greatest(days_between(d.began_on, d.lost_on), 0) end as lost_days,
  sum(d.people)::bigint as people
from dated d
join sources s on s.store_key = d.store_key
where s.to_on >= add_days(d.began_on, -182)
group by 1, 2, 3, 4, 5, 6, 7
