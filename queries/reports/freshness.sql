-- How fresh each table of each store is, which days of a week have rows, and where it paused.
-- grain: table_name, store
-- audience: owner, manager, marketer, staff
-- param as_of date default as_of: nothing later than this day is counted
-- param week date default as_of: a day of the week whose seven days are shown
-- column table_no bigint not null: order of the tables
-- column table_name varchar not null: leads, visits, orders, upsells, payments or campaign_days
-- column store varchar: store, null where rows have none
-- column rows bigint not null: rows that count now
-- column last_at timestamp: moment of the last row
-- column last_on date: business day of the last row
-- column days_behind bigint: days from the last row to as_of
-- column days varchar not null: seven marks from Monday on: 1 rows came, 0 none, . the day is after as_of
-- column gap_from date: first day of the last gap that reaches into the week or lies after it
-- column gap_to date: last day of that gap
-- column gap_days bigint: days of that gap
with kept as (
  select d.table_name as table_name, coalesce(d.store, '') as store_key, d.day as day, d.rows as rows, d.last_at as last_at
  from table_days d
  where d.day <= $as_of::date
),
tables as (
  select t.table_no::bigint as table_no, t.table_name as table_name, t.step_no::bigint as step_no
  from (
    values
      (1, 'leads', 2), (2, 'visits', 3), (3, 'orders', 4), (4, 'upsells', 0), (5, 'payments', 0), (6, 'campaign_days', 0)
  ) t(table_no, table_name, step_no)
),
filled_tables as (
  select distinct k.table_name as table_name
  from kept k
),
stores as (
  select distinct k.store_key as store_key
  from kept k
  where k.table_name in ('leads', 'visits', 'orders')
),
grid as (
  select t.table_no as table_no, t.table_name as table_name, t.step_no as step_no, s.store_key as store_key
  from tables t
  join filled_tables f on f.table_name = t.table_name
  cross join stores s
  where t.table_name <> 'campaign_days'
  union all
  select t.table_no as table_no, t.table_name as table_name, t.step_no as step_no, '' as store_key
  from tables t
  join filled_tables f on f.table_name = t.table_name
  where t.table_name = 'campaign_days'
),
week_days as (
  select add_days(week_start($week::date), g.generate_series::bigint) as day, g.generate_series::bigint as day_no
  from generate_series(0, 6) g
),
marks as (
  select
    g.table_name as table_name,
    g.store_key as store_key,
    w.day_no as day_no,
    case when w.day > $as_of::date then '.' when k.rows > 0 then '1' else '0' end as mark
  from grid g
  cross join week_days w
  left join kept k on k.table_name = g.table_name and k.store_key = g.store_key and k.day = w.day
),
weeks as (
  select
    m.table_name as table_name,
    m.store_key as store_key,
    max(case when m.day_no = 0 then m.mark end)
      || max(case when m.day_no = 1 then m.mark end)
      || max(case when m.day_no = 2 then m.mark end)
      || max(case when m.day_no = 3 then m.mark end)
      || max(case when m.day_no = 4 then m.mark end)
      || max(case when m.day_no = 5 then m.mark end)
      || max(case when m.day_no = 6 then m.mark end) as days
  from marks m
  group by m.table_name, m.store_key
),
lasts as (
  select
    k.table_name as table_name,
    k.store_key as store_key,
    sum(k.rows)::bigint as rows,
    max(k.last_at) as last_at,
    max(k.day) as last_on
  from kept k
  group by k.table_name, k.store_key
),
last_gaps as (
  select coalesce(p.store, '') as store_key, p.step_no as step_no, p.from_on as from_on, p.to_on as to_on, p.days as days
  from gaps p
  where p.to_on >= week_start($week::date) and p.from_on <= $as_of::date
  qualify row_number() over (partition by coalesce(p.store, ''), p.step_no order by p.from_on desc) = 1
)
select
  g.table_no::bigint as table_no,
  g.table_name::varchar as table_name,
  nullif(g.store_key, '')::varchar as store,
  coalesce(l.rows, 0)::bigint as rows,
  l.last_at::timestamp as last_at,
  l.last_on::date as last_on,
  days_between(l.last_on, $as_of::date)::bigint as days_behind,
  w.days::varchar as days,
  p.from_on::date as gap_from,
  p.to_on::date as gap_to,
  p.days::bigint as gap_days
from grid g
join weeks w on w.table_name = g.table_name and w.store_key = g.store_key
left join lasts l on l.table_name = g.table_name and l.store_key = g.store_key
left join last_gaps p on p.store_key = g.store_key and p.step_no = g.step_no
order by g.table_no, g.store_key
