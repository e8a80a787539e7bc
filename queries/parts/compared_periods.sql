-- The asked period (period_no 0) and the earlier ones of its length that it is held against.
-- A period of another length than a week is compared with as many whole weeks; a running one with the same weekdays.
-- last_year goes back 52 weeks, but a period of up to six weeks near a movable festival goes back by as many weeks as the
-- festival's week has moved: to the same distance from it. festival_days is that distance, null where no festival is near.
-- in_closure marks periods of up to six weeks in which shops may be closed around one. Periods from before the first day of
-- the data do not exist.
-- grain: period_no
-- uses: $from, $to, $as_of, $compare
with asked as (
  select
    $from::date as from_on,
    least($to::date, $as_of::date) as to_on,
    7 * whole(safe_ratio(days_between($from::date, $to::date) + 7, 7)) as unit_days
),
moves as (
  select
    max(f.festival) as festival,
    coalesce(max(days_between(week_start(f.before_on), week_start(f.happened_on))), 364) as shift_days
  from movable_festivals f
  where
    $compare::varchar = 'last_year'
    and days_between($from::date, $to::date) < 42
    and f.near_from <= least($to::date, $as_of::date)
    and f.near_to >= $from::date
),
first_days as (
  select min(s.from_on) as first_day
  from source_spans s
  where s.step_no in (2, 3, 4)
),
shifts as (
  select
    g.generate_series::bigint as period_no,
    case when g.generate_series = 27 then m.shift_days else g.generate_series * a.unit_days end as shift_days,
    case when g.generate_series = 27 then m.festival end as matched_festival
  from asked a
  cross join moves m
  cross join generate_series(0, 27) g
),
periods as (
  select
    s.period_no as period_no,
    s.matched_festival as matched_festival,
    add_days(a.from_on, -s.shift_days) as starts_on,
    add_days(a.to_on, -s.shift_days) as ends_on
  from shifts s
  cross join asked a
),
distances as (
  select p.period_no as period_no, min(days_between(week_start(f.happened_on), p.starts_on)) as festival_days
  from periods p
  cross join movable_festivals f
  where days_between($from::date, $to::date) < 42 and f.near_from <= p.ends_on and f.near_to >= p.starts_on
  group by p.period_no
),
closures as (
  select distinct p.period_no as period_no
  from periods p
  cross join movable_festivals f
  where days_between($from::date, $to::date) < 42 and f.closed_from <= p.ends_on and f.closed_to >= p.starts_on
)
select
  p.period_no as period_no,
  p.starts_on as starts_on,
  p.ends_on as ends_on,
  p.matched_festival as matched_festival,
  d.festival_days as festival_days,
  (c.period_no is not null)::boolean as in_closure,
  (p.period_no between 1 and 26)::boolean as is_history,
  (case $compare::varchar
    when 'previous' then p.period_no = 1
    when 'mean_of_four' then p.period_no between 1 and 4
    else p.period_no = 27
  end)::boolean as is_reference
from periods p
cross join first_days f
left join distances d on d.period_no = p.period_no
left join closures c on c.period_no = p.period_no
where p.period_no = 0 or p.starts_on >= f.first_day
