-- At which age each journey of the 540 days before as_of went on to each step after the lead, was lost, or was last seen.
-- Days from the beginning; a step or loss that is dated before it counts as day 0. A journey that reaches the step after its loss
-- has reached it. Of a store whose list of visits or orders has a gap at the end nobody knows more than up to its last row.
-- Only asked in the cohort view.
-- grain: series_no, age, reached, lost
-- uses: $as_of, $view, silent_stores
with trained as (
  select
    coalesce(i.visits_until, $as_of::date) as visits_until,
    coalesce(i.orders_until, $as_of::date) as orders_until,
    j.began_on as began_on,
    j.lost_on as lost_on,
    j.active_on as day_3,
    j.bought_on as day_4,
    j.bought_again_on as day_5,
    j.brought_friend_on as day_6,
    j.people as people
  from journey_days j
  left join silent_stores i on i.store_key = coalesce(j.store, '')
  where $view::varchar = 'cohort' and j.began_on between add_days($as_of::date, -540) and $as_of::date
),
steps as (
  select
    s.step_no as step_no,
    t.people as people,
    t.began_on as began_on,
    t.lost_on as lost_on,
    case s.step_no when 3 then t.visits_until else t.orders_until end as seen_on,
    case s.step_no when 3 then t.day_3 when 4 then t.day_4 when 5 then t.day_5 else t.day_6 end as step_on
  from trained t
  cross join (select v.step_no::bigint as step_no from (values (3), (4), (5), (6)) v(step_no)) s
),
waits as (
  select
    s.step_no as step_no,
    s.people as people,
    days_between(s.began_on, s.seen_on) as observed_days,
    case when s.lost_on is not null then greatest(days_between(s.began_on, s.lost_on), 0) end as lost_days,
    case when s.step_on is not null then greatest(days_between(s.began_on, s.step_on), 0) end as step_days
  from steps s
  where s.began_on <= s.seen_on
),
ends as (
  select
    w.step_no as step_no,
    w.people as people,
    case
      when w.step_days <= w.observed_days then w.step_days
      when w.lost_days <= w.observed_days then w.lost_days
      else w.observed_days
    end as age,
    coalesce((w.step_days <= w.observed_days)::int, 0) as reached,
    coalesce((coalesce(w.step_days > w.observed_days, true) and w.lost_days <= w.observed_days)::int, 0) as lost
  from waits w
)
select
  e.step_no as series_no,
  'all' as segment,
  e.age as age,
  e.reached as reached,
  e.lost as lost,
  sum(e.people)::bigint as people
from ends e
group by 1, 2, 3, 4, 5
