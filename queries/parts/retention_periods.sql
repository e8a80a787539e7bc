-- Calendar periods with their first and last day, from that of `from` to that of `as_of`.
-- grain: period_at
-- uses: $from, $as_of, $period, $week_start
with days as (
  select add_days(add_days($from::date, -366), g.generate_series) as day
  from generate_series(0, 109500) g
  where g.generate_series <= days_between($from::date, $as_of::date) + 732
),
moments as (
  select
    d.day as day,
    d.day::timestamp as happened_at,
    calendar_no($period::varchar, $week_start::varchar, d.day) as period_at
  from days d
  where $period::varchar <> 'hour'
  -- with period of hour
  union all
  select
    d.day as day,
    add_minutes(d.day::timestamp, h.generate_series * 60) as happened_at,
    calendar_no($period::varchar, $week_start::varchar, d.day) + h.generate_series as period_at
  from days d
  cross join generate_series(0, 23) h
  where $period::varchar = 'hour'
  -- end
)
select
  m.period_at as period_at,
  min(m.happened_at) as starts_at,
  min(m.day) as starts_on,
  max(m.day) as ends_on
from moments m
group by m.period_at
having
  m.period_at between calendar_no($period::varchar, $week_start::varchar, $from::date)
    and calendar_no($period::varchar, $week_start::varchar, $as_of::date) + case when $period::varchar = 'hour' then 23 else 0 end
