-- From when to when each store recorded what a step is counted from, pauses shorter than 26 weeks included.
-- A store has a source for a step on every day from from_on until 26 weeks after to_on.
-- refreshed: whole
-- grain: store, step_no, from_on
-- column store varchar: store of the journey; null is a store of its own
-- column step_no bigint not null: 2 leads, 3 visits, 4 orders, 5 orders with a customer, 6 leads with a referrer
-- column from_on date not null: first day with a row
-- column to_on date not null: last day with a row
with dated as (
  select
    coalesce(d.store, '') as store_key,
    d.step_no as step_no,
    d.day as day,
    lag(maybe(d.day)) over (partition by coalesce(d.store, ''), d.step_no order by d.day) as day_before
  from source_days d
),
numbered as (
  select
    d.store_key as store_key,
    d.step_no as step_no,
    d.day as day,
    sum(coalesce((days_between(d.day_before, d.day) > 182)::int, 0)) over (
      partition by d.store_key, d.step_no order by d.day rows between unbounded preceding and current row
    )::bigint as span_no
  from dated d
)
select
  nullif(n.store_key, '')::varchar as store,
  n.step_no::bigint as step_no,
  min(n.day)::date as from_on,
  max(n.day)::date as to_on
from numbered n
group by n.store_key, n.step_no, n.span_no
