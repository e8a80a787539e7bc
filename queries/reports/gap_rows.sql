-- The days behind a gap of missing_weeks, one by one.
-- What each day would have let expect: the mean of the same weekdays of the 8 weeks before, since the store began to hand in
-- the list. With from_on the days of the one gap that begins then in that store and list, else of all gaps that touch the
-- period. With starts_on only those of that week up to as_of. all_expected is the sum over all pages.
-- grain: row_no
-- audience: owner, manager stores, marketer
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is looked at
-- param store varchar optional: store of the gap; without one rows that name none
-- param step_no bigint (2 .. 4) default 2: list of the gap: 2 leads, 3 visits, 4 orders
-- param from_on date optional: first day of the gap
-- param starts_on date optional: first day of the week
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column all_expected double not null: sum of expected_rows on all pages
-- column store varchar: store; null for rows without one
-- column step_no bigint not null: 2 leads, 3 visits, 4 orders
-- column day date not null: day without a row
-- column expected_rows double not null: rows that the same weekdays of the 8 weeks before let expect
with asked_gaps as (
  select g.store as store, g.step_no as step_no, g.from_on as from_on, g.to_on as to_on
  from gaps g
  where
    case
      when $from_on::date is not null
        then g.from_on = $from_on::date and g.step_no = $step_no::bigint and g.store is not distinct from $store::varchar
      else g.from_on <= least($to::date, $as_of::date) and g.to_on >= $from::date
    end
),
days as (
  select g.store as store, g.step_no as step_no, add_days(g.from_on, n.generate_series::bigint) as day
  from asked_gaps g
  cross join generate_series(0, 7320) n
  where n.generate_series <= days_between(g.from_on, g.to_on)
),
asked_days as (
  select d.store as store, d.step_no as step_no, d.day as day
  from days d
  where $starts_on::date is null or (d.day >= $starts_on::date and d.day <= least(add_days($starts_on::date, 6), $as_of::date))
),
list_days as materialized (
  select
    t.store as store,
    case t.table_name when 'leads' then 2::bigint when 'visits' then 3::bigint else 4::bigint end as step_no,
    t.day as day,
    t.rows as rows
  from table_days t
  where t.table_name in ('leads', 'visits', 'orders')
),
first_days as (
  select s.store as store, s.step_no as step_no, min(s.day) as first_day
  from list_days s
  group by s.store, s.step_no
),
weekdays as (
  select d.store as store, d.step_no as step_no, d.day as day, add_days(d.day, -7 * n.generate_series::bigint) as earlier_day
  from asked_days d
  join first_days f on f.store is not distinct from d.store and f.step_no = d.step_no
  cross join generate_series(1, 8) n
  where add_days(d.day, -7 * n.generate_series::bigint) >= f.first_day
),
expected as (
  select
    w.store as store,
    w.step_no as step_no,
    w.day as day,
    safe_ratio(coalesce(sum(s.rows), 0), count(*)) as expected_rows
  from weekdays w
  left join list_days s on s.store is not distinct from w.store and s.step_no = w.step_no and s.day = w.earlier_day
  group by w.store, w.step_no, w.day
),
numbered as (
  select
    d.store as store,
    d.step_no as step_no,
    d.day as day,
    coalesce(e.expected_rows, 0e0) as expected_rows,
    row_number() over (order by d.day, d.step_no, d.store nulls last)::bigint as row_no,
    count(*) over ()::bigint as all_rows,
    sum(coalesce(e.expected_rows, 0e0)) over () as all_expected
  from asked_days d
  left join expected e on e.store is not distinct from d.store and e.step_no = d.step_no and e.day = d.day
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.all_expected::double as all_expected,
  n.store::varchar as store,
  n.step_no::bigint as step_no,
  n.day::date as day,
  n.expected_rows::double as expected_rows
from numbered n
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
