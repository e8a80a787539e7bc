-- The age at which a cohort has shown nine tenths of what it will show, for the steps after the lead.
-- Cumulative incidence of the step with dated losses as a competing end (Aalen and Johansen 1978; without losses it is
-- 1 minus Kaplan and Meier's estimate), from all journeys begun in the 540 days before as_of, up to the largest age of
-- at most 365 days with 30 journeys still at risk. A journey that reaches the step after its loss has reached it. Of a store
-- whose list of visits or orders has a gap at the end nobody knows more than up to its last row.
-- Only asked in the cohort view.
-- grain: step_no
-- uses: $as_of, $view
with last_days as (
  select least(max(s.to_on), $as_of::date) as last_on
  from source_spans s
  where s.step_no in (2, 3, 4)
),
silences as (
  select
    coalesce(g.store, '') as store_key,
    min(case when g.step_no = 3 then add_days(g.from_on, -1) end) as visits_until,
    min(case when g.step_no = 4 then add_days(g.from_on, -1) end) as orders_until
  from gaps g
  cross join last_days l
  where g.from_on <= $as_of::date and g.to_on >= l.last_on
  group by coalesce(g.store, '')
),
trained as (
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
  left join silences i on i.store_key = coalesce(j.store, '')
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
),
ages as (
  select
    e.step_no as step_no,
    e.age as age,
    sum(e.people)::bigint as leaving,
    coalesce(sum(e.people * e.reached), 0)::bigint as reached,
    coalesce(sum(e.people * e.lost), 0)::bigint as lost
  from ends e
  group by e.step_no, e.age
),
risks as (
  select
    a.step_no as step_no,
    a.age as age,
    a.reached as reached,
    a.lost as lost,
    sum(a.leaving) over (partition by a.step_no order by a.age desc)::bigint as at_risk
  from ages a
),
survivals as (
  select
    r.step_no as step_no,
    r.age as age,
    safe_ratio(r.reached, r.at_risk) as hazard,
    exp(sum(ln(greatest(1e0 - safe_ratio(r.reached + r.lost, r.at_risk), 1e-300))) over (partition by r.step_no order by r.age)) as surviving
  from risks r
  where r.at_risk >= 30 and r.age <= 365
),
risers as (
  select
    s.step_no as step_no,
    s.age as age,
    s.hazard * coalesce(lag(maybe(s.surviving)) over (partition by s.step_no order by s.age), 1e0) as rise
  from survivals s
),
incidences as (
  select
    r.step_no as step_no,
    r.age as age,
    sum(r.rise) over (partition by r.step_no order by r.age) as incidence,
    sum(r.rise) over (partition by r.step_no) as incidence_in_the_end
  from risers r
)
select
  i.step_no::bigint as step_no,
  min(i.age)::bigint as mature_days
from incidences i
where i.incidence_in_the_end > 0 and i.incidence >= 0.9e0 * i.incidence_in_the_end
group by i.step_no
