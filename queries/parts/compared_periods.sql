-- The asked period (period_no 0) and the earlier ones of its length that it is held against.
-- A period of another length than a week is compared with as many whole weeks; a running one with the same weekdays.
-- last_year goes back 52 weeks whatever the calendar: weeks near a movable festival are not matched with the festival's
-- week. Periods from before the first day of the data do not exist.
-- grain: period_no
-- uses: $from, $to, $as_of, $compare
with asked as (
  select
    $from::date as from_on,
    least($to::date, $as_of::date) as to_on,
    7 * whole(safe_ratio(days_between($from::date, $to::date) + 7, 7)) as unit_days
),
first_days as (
  select min(s.from_on) as first_day
  from source_spans s
  where s.step_no in (2, 3, 4)
),
shifts as (
  select
    g.generate_series::bigint as period_no,
    case when g.generate_series = 27 then 364 else g.generate_series * a.unit_days end as shift_days
  from asked a
  cross join generate_series(0, 27) g
)
select
  s.period_no as period_no,
  add_days(a.from_on, -s.shift_days) as starts_on,
  add_days(a.to_on, -s.shift_days) as ends_on,
  (s.period_no between 1 and 26)::boolean as is_history,
  (case $compare::varchar
    when 'previous' then s.period_no = 1
    when 'mean_of_four' then s.period_no between 1 and 4
    else s.period_no = 27
  end)::boolean as is_reference
from shifts s
cross join asked a
cross join first_days f
where s.period_no = 0 or add_days(a.from_on, -s.shift_days) >= f.first_day
