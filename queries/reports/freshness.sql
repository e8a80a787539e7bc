-- How fresh each table of each store is, which days of a week have rows, and where it paused.
-- grain: table_name, store
-- audience: owner, manager stores, marketer
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
with tables as (
  select t.table_no::bigint as table_no, t.table_name as table_name, t.step_no::bigint as step_no
  from (
    values
      (1, 'leads', 2), (2, 'visits', 3), (3, 'orders', 4), (4, 'upsells', 0), (5, 'payments', 0), (6, 'campaign_days', 0)
  ) t(table_no, table_name, step_no)
),
kept as (
  select
    t.table_no as table_no,
    t.table_name as table_name,
    t.step_no as step_no,
    coalesce(d.store, '') as store_key,
    sum(d.rows)::bigint as rows,
    max(d.last_at) as last_at,
    max(d.day) as last_on,
    max((d.day = week_start($week::date))::int) as day_0,
    max((d.day = add_days(week_start($week::date), 1))::int) as day_1,
    max((d.day = add_days(week_start($week::date), 2))::int) as day_2,
    max((d.day = add_days(week_start($week::date), 3))::int) as day_3,
    max((d.day = add_days(week_start($week::date), 4))::int) as day_4,
    max((d.day = add_days(week_start($week::date), 5))::int) as day_5,
    max((d.day = add_days(week_start($week::date), 6))::int) as day_6
  from table_days d
  join tables t on t.table_name = d.table_name
  where d.day <= $as_of::date
  group by t.table_no, t.table_name, t.step_no, coalesce(d.store, '')
),
grid as (
  select t.table_no as table_no, t.table_name as table_name, t.step_no as step_no, s.store_key as store_key
  from (select distinct k.table_no as table_no, k.table_name as table_name, k.step_no as step_no from kept k) t
  cross join (
    select k.store_key as store_key, max((k.step_no > 0)::int) as records_steps
    from kept k
    group by k.store_key
  ) s
  where (t.table_name <> 'campaign_days' and s.records_steps = 1) or (t.table_name = 'campaign_days' and s.store_key = '')
),
last_gaps as (
  select
    coalesce(p.store, '') as store_key,
    p.step_no as step_no,
    max(p.from_on) as from_on,
    argMax(p.to_on, p.from_on) as to_on,
    argMax(p.days, p.from_on) as days
  from gaps p
  where p.to_on >= week_start($week::date) and p.from_on <= $as_of::date
  group by coalesce(p.store, ''), p.step_no
)
select
  g.table_no::bigint as table_no,
  g.table_name::varchar as table_name,
  nullif(g.store_key, '')::varchar as store,
  coalesce(l.rows, 0)::bigint as rows,
  l.last_at::timestamp as last_at,
  l.last_on::date as last_on,
  days_between(l.last_on, $as_of::date)::bigint as days_behind,
  (
    case when week_start($week::date) > $as_of::date then '.' when l.day_0 = 1 then '1' else '0' end
    || case when add_days(week_start($week::date), 1) > $as_of::date then '.' when l.day_1 = 1 then '1' else '0' end
    || case when add_days(week_start($week::date), 2) > $as_of::date then '.' when l.day_2 = 1 then '1' else '0' end
    || case when add_days(week_start($week::date), 3) > $as_of::date then '.' when l.day_3 = 1 then '1' else '0' end
    || case when add_days(week_start($week::date), 4) > $as_of::date then '.' when l.day_4 = 1 then '1' else '0' end
    || case when add_days(week_start($week::date), 5) > $as_of::date then '.' when l.day_5 = 1 then '1' else '0' end
    || case when add_days(week_start($week::date), 6) > $as_of::date then '.' when l.day_6 = 1 then '1' else '0' end
  )::varchar as days,
  p.from_on::date as gap_from,
  p.to_on::date as gap_to,
  p.days::bigint as gap_days
from grid g
left join kept l on l.table_name = g.table_name and l.store_key = g.store_key
left join last_gaps p on p.store_key = g.store_key and p.step_no = g.step_no
order by g.table_no, g.store_key
