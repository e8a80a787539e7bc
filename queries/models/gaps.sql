-- Runs of days on which a store handed in nothing although it usually does.
-- Counted are the rows of the lists leads, visits (of every purpose) and orders as they were handed in: whoever records a
-- pickup has handed in the list of visits. A day is expected to bring the mean of the same weekdays of the 8 weeks before.
-- Two kinds of run are gaps:
-- the whole store: no row in any of its lists, and in all of them together at least 7 expected on 7 days and more, or at
-- least 14 on fewer days; then all of them lack;
-- one list, at least 7 days on end outside of those, and at least 7 rows expected in it alone; then only this list lacks.
-- Why not 7 rows on any days: there are so many days, stores and lists that chance leaves some of them empty (of 155 gap-free
-- weeks of the sample one in ten, list by list; a store of 7 rows a day is silent for one day once in three years). Lists are
-- handed in by the week, hence 7 days. A list of 6 to 8 rows a week is still taken for missing once in five to ten years, one
-- of 12 rows hardly ever.
-- The closed days of a movable festival (closed_days) end a run and belong to none. Runs reach to the last day that any
-- store has data; the last 20 years are looked at.
-- refreshed: whole
-- grain: store, step_no, from_on
-- column store varchar: store as the rows name it, else that of their order or journey; null is a store of its own
-- column step_no bigint not null: list: 2 leads, 3 visits, 4 orders
-- column from_on date not null: first day without a row
-- column to_on date not null: last day without a row
-- column days bigint not null: days in the run
-- column expected_rows double not null: rows that the same weekdays of the 8 weeks before would have given in this list
-- column every_list boolean not null: the store handed in no other list either
with list_days as materialized (
  select
    coalesce(d.store, '') as store_key,
    case d.table_name when 'leads' then 2::bigint when 'visits' then 3::bigint else 4::bigint end as step_no,
    d.day as day,
    d.rows as rows
  from table_days d
  where d.table_name in ('leads', 'visits', 'orders')
),
lists as (
  select d.store_key as store_key, d.step_no as step_no, min(d.day) as first_day
  from list_days d
  group by d.store_key, d.step_no
),
last_days as (
  select max(d.day) as last_day from list_days d
),
offsets as (
  select g.generate_series::bigint as day_no
  from generate_series(0, 7320) g
),
calendar as (
  select l.store_key as store_key, l.step_no as step_no, -o.day_no as day_no, add_days(e.last_day, -o.day_no) as day
  from lists l
  cross join last_days e
  cross join offsets o
  where o.day_no <= days_between(l.first_day, e.last_day)
),
counted as (
  select
    c.store_key as store_key,
    c.step_no as step_no,
    c.day_no as day_no,
    c.day as day,
    coalesce(d.rows, 0)::bigint as rows
  from calendar c
  left join list_days d on d.store_key = c.store_key and d.step_no = c.step_no and d.day = c.day
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
open_days as materialized (
  select e.*
  from expected e
  anti join closed_days c on c.day = e.day
),
silent_days as (
  select d.store_key as store_key, d.day_no as day_no, sum(d.expected_rows) as expected_rows
  from open_days d
  group by d.store_key, d.day_no
  having sum(d.rows) = 0
),
silences as (
  select
    s.store_key as store_key,
    s.day_no as day_no,
    s.expected_rows as expected_rows,
    s.day_no - row_number() over (partition by s.store_key order by s.day_no)::bigint as run_no
  from silent_days s
),
missing_days as materialized (
  select s.store_key as store_key, s.day_no as day_no, s.run_no as run_no
  from silences s
  qualify sum(s.expected_rows) over (partition by s.store_key, s.run_no)
    >= case when count(*) over (partition by s.store_key, s.run_no) >= 7 then 7e0 else 14e0 end
),
empty_days as (
  select
    d.store_key as store_key,
    d.step_no as step_no,
    d.day as day,
    d.expected_rows as expected_rows,
    d.day_no - row_number() over (partition by d.store_key, d.step_no order by d.day_no)::bigint as run_no
  from open_days d
  anti join missing_days m on m.store_key = d.store_key and m.day_no = d.day_no
  where d.rows = 0
),
runs as (
  select
    d.store_key as store_key,
    d.step_no as step_no,
    min(d.day) as from_on,
    max(d.day) as to_on,
    count(*)::bigint as days,
    sum(d.expected_rows) as expected_rows,
    true as every_list
  from open_days d
  join missing_days m on m.store_key = d.store_key and m.day_no = d.day_no
  group by d.store_key, d.step_no, m.run_no
  having sum(d.expected_rows) > 0e0
  union all
  select
    d.store_key as store_key,
    d.step_no as step_no,
    min(d.day) as from_on,
    max(d.day) as to_on,
    count(*)::bigint as days,
    sum(d.expected_rows) as expected_rows,
    false as every_list
  from empty_days d
  group by d.store_key, d.step_no, d.run_no
  having count(*) >= 7 and sum(d.expected_rows) >= 7e0
)
select
  nullif(r.store_key, '')::varchar as store,
  r.step_no::bigint as step_no,
  r.from_on::date as from_on,
  r.to_on::date as to_on,
  r.days::bigint as days,
  r.expected_rows::double as expected_rows,
  r.every_list::boolean as every_list
from runs r
