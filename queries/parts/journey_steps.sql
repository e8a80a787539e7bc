-- How many asked journeys alike there are at each step, with the day under which they count: their first day in the cohort
-- view, the step's own in the period view; null where they never got there by as_of.
-- built: view
-- grain: that of asked_journey_days, and step_no
-- uses: $as_of, $view, asked_journey_days
with reached as (
  select
    j.segment as segment,
    j.store_key as store_key,
    j.kind as kind,
    j.began_on as began_on,
    j.visited_on as visited_on,
    j.cancelled_on as cancelled_on,
    j.people as people,
    s.step_no as step_no,
    case s.step_no
      when 2 then j.began_on
      when 3 then j.active_on
      when 4 then j.bought_on
      when 5 then j.bought_again_on
      else j.brought_friend_on
    end as step_on
  from asked_journey_days j
  cross join (select v.step_no::bigint as step_no from (values (2), (3), (4), (5), (6)) v(step_no)) s
  where j.began_on <= $as_of::date or j.active_on <= $as_of::date
)
select
  r.segment as segment,
  r.store_key as store_key,
  r.step_no as step_no,
  r.people as people,
  case
    when r.step_on <= $as_of::date and ($view::varchar = 'period' or r.began_on <= $as_of::date)
      then case $view::varchar when 'cohort' then r.began_on else r.step_on end
  end as counted_on,
  days_between(r.began_on, r.step_on) as age_days,
  case r.step_no
    when 2 then r.kind = 'unannounced'
    when 3 then coalesce(r.visited_on > $as_of::date, true)
    else false
  end as skipped,
  coalesce(r.step_no = 4 and r.cancelled_on <= $as_of::date, false) as cancelled
from reached r
