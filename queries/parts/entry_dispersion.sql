-- How much more than by mere luck the number that enters differs from week to week: the dispersion of the 26 whole weeks before
-- the later of the compared periods (domain: counts), and how many pairs of weeks say so. Weeks around a movable festival, in
-- which shops may be closed, and weeks in which nobody began say nothing. And whether one of the compared periods has such days and the other has not.
-- grain: one row
-- uses: $from_step, periods, asked_journey_days, left_out_stores
with later as (
  select max(p.starts_on) as starts_on, max(p.age_days) as age_days
  from periods p
),
weeks as (
  select
    g.generate_series::bigint as week_no,
    add_days(l.starts_on, -7 * g.generate_series) as starts_on,
    add_days(l.starts_on, -7 * g.generate_series + 6) as ends_on,
    l.age_days as age_days
  from later l
  cross join generate_series(1, 26) g
),
open_weeks as (
  select w.*
  from weeks w
  anti join (
    select distinct k.week_no as week_no
    from weeks k
    cross join movable_festivals f
    where f.closed_from <= k.ends_on and f.closed_to >= k.starts_on
  ) c on c.week_no = w.week_no
),
people as (
  select w.week_no as week_no, sum(case
    when days_between(j.began_on, case $from_step::bigint when 2 then j.began_on when 3 then j.active_on else j.bought_on end) <= w.age_days
      then j.people
    else 0
  end)::bigint as people
  from open_weeks w
  join (
    select a.*
    from asked_journey_days a
    anti join (select g.store_key as store_key from left_out_stores g where g.scope = 'any') g on g.store_key = a.store_key
  ) j on j.began_on between w.starts_on and w.ends_on
  group by w.week_no
),
pairs as (
  select n.people as later_people, e.people as earlier_people
  from people n
  join people e on e.week_no = n.week_no + 1
),
closures as (
  select p.period_no as period_no
  from periods p
  cross join movable_festivals f
  where p.days <= 42 and f.closed_from <= p.ends_on and f.closed_to >= p.starts_on
  group by p.period_no
),
closed as (
  select count(*)::bigint as sides from closures c
)
select
  greatest(coalesce(steady_mean(case
    when p.later_people + p.earlier_people > 0
      then safe_ratio((p.later_people - p.earlier_people) * (p.later_people - p.earlier_people), p.later_people + p.earlier_people)
  end), 1e0), 1e0) as dispersion,
  count(p.later_people)::bigint as week_pairs,
  max(c.sides) = 1 as holiday_moved
from closed c
left join pairs p on true
