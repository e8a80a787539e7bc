-- Which weeks of which store lack leads, visits or orders that were to be expected.
-- Days on which a store handed in none of its lists although they were to bring at least 7 rows together (14 if there are
-- fewer than 7 days), or 7 days and more on which one list lacks that was to bring 7 rows (the mean of the same weekdays of
-- the 8 weeks before). A gap has one row
-- for each list and week that it touches. Days on which the shops are closed around 春节 are none. A store that has been silent
-- for 26 weeks has no source; from then on it is not missing.
-- grain: store, step_no, from_on, starts_on
-- audience: owner, manager stores, marketer
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is looked at
-- rows missing_days: gap_rows
-- rows days, expected_rows: gap_rows starts_on=''
-- column starts_on date not null: first day of the week
-- column store varchar: store; null for rows without one
-- column step_no bigint not null: 2 leads, 3 visits, 4 orders
-- column table_name varchar not null: the list to import: leads, visits or orders
-- column missing_days bigint not null: days of that week, up to as_of, without a row
-- column from_on date not null: first day of the whole gap
-- column to_on date not null: last day of the whole gap
-- column days bigint not null: days of the whole gap
-- column expected_rows double not null: rows of this list expected in the whole gap
-- column every_list boolean not null: the store handed in no other list either
with weeks as (
  select
    g.store as store,
    g.step_no as step_no,
    g.from_on as from_on,
    g.to_on as to_on,
    g.days as days,
    g.expected_rows as expected_rows,
    g.every_list as every_list,
    add_days(week_start(g.from_on), 7 * n.generate_series::bigint) as starts_on
  from gaps g
  cross join generate_series(0, 26) n
)
select
  w.starts_on::date as starts_on,
  w.store::varchar as store,
  w.step_no::bigint as step_no,
  (case w.step_no when 2 then 'leads' when 3 then 'visits' else 'orders' end)::varchar as table_name,
  (days_between(greatest(w.from_on, w.starts_on), least(w.to_on, add_days(w.starts_on, 6), $as_of::date)) + 1)::bigint as missing_days,
  w.from_on::date as from_on,
  w.to_on::date as to_on,
  w.days::bigint as days,
  w.expected_rows::double as expected_rows,
  w.every_list::boolean as every_list
from weeks w
where
  greatest(w.from_on, w.starts_on, $from::date) <= least(w.to_on, add_days(w.starts_on, 6), $to::date, $as_of::date)
  and w.from_on > add_days(least(add_days(w.starts_on, 6), $as_of::date), -181)
order by w.starts_on desc, w.store nulls last, w.step_no, w.from_on
