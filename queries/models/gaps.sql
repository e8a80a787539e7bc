-- Runs of days on which a store recorded nothing although it usually does.
-- A run counts as a gap when at least 7 rows were expected in it: the mean of the same weekdays of the 8 weeks before
-- the run's days, from leads, visits and orders apart. Runs reach to the last day that any store has data; the last 20
-- years are looked at.
-- grain: store, step_no, from_on
-- column store varchar: store of the journey
-- column step_no bigint not null: 2 leads, 3 visits, 4 orders
-- column from_on date not null: first day without a row
-- column to_on date not null: last day without a row
-- column days bigint not null: days in the run
-- column expected_rows double not null: rows that the same weekdays of the 8 weeks before would have given
with sources as (
  select
    coalesce(d.store, '') as store_key,
    d.step_no as step_no,
    min(d.day) as first_day
  from source_days d
  where d.step_no in (2, 3, 4)
  group by coalesce(d.store, ''), d.step_no
),
last_days as (
  select max(d.day) as last_day
  from source_days d
  where d.step_no in (2, 3, 4)
),
offsets as (
  select g.generate_series::bigint as day_no
  from generate_series(0, 7320) g
),
calendar as (
  select s.store_key as store_key, s.step_no as step_no, -o.day_no as day_no, add_days(l.last_day, -o.day_no) as day
  from sources s
  cross join last_days l
  cross join offsets o
  where o.day_no <= days_between(s.first_day, l.last_day)
),
counted as (
  select
    c.store_key as store_key,
    c.step_no as step_no,
    c.day_no as day_no,
    c.day as day,
    coalesce(d.rows, 0)::bigint as rows
  from calendar c
  left join source_days d on coalesce(d.store, '') = c.store_key and d.step_no = c.step_no and d.day = c.day
),
expected as (
  select
    c.store_key as store_key,
    c.step_no as step_no,
    c.day_no as day_no,
    c.day as day,
    c.rows as rows,
    coalesce(safe_ratio(
      sum(c.rows) over eight_weeks,
      count(*) over eight_weeks
    ), 0e0) as expected_rows
  from counted c
  window eight_weeks as (
    partition by c.store_key, c.step_no, extract(isodow from c.day)
    order by c.day_no
    rows between 8 preceding and 1 preceding
  )
),
empty_days as (
  select
    e.store_key as store_key,
    e.step_no as step_no,
    e.day as day,
    e.expected_rows as expected_rows,
    e.day_no - row_number() over (partition by e.store_key, e.step_no order by e.day_no)::bigint as run_no
  from expected e
  where e.rows = 0
),
runs as (
  select
    d.store_key as store_key,
    d.step_no as step_no,
    d.run_no as run_no,
    min(d.day) as from_on,
    max(d.day) as to_on,
    count(*)::bigint as days,
    sum(d.expected_rows) as expected_rows
  from empty_days d
  group by d.store_key, d.step_no, d.run_no
)
select
  nullif(r.store_key, '')::varchar as store,
  r.step_no::bigint as step_no,
  r.from_on::date as from_on,
  r.to_on::date as to_on,
  r.days::bigint as days,
  r.expected_rows::double as expected_rows
from runs r
where r.expected_rows >= 7e0
