-- On which days each store recorded what a step is counted from.
-- A store without a row for 26 weeks has no source for that step: its step is empty, not 0.
-- refreshed: adding rows
-- grain: store, step_no, day
-- column store varchar: store of the journey; null is a store of its own
-- column step_no bigint not null: 2 leads, 3 visits, 4 orders, 5 orders with a customer, 6 leads with a referrer
-- column day date not null: business day
-- column rows bigint not null: rows of that day
with lead_days as materialized (
  select
    j.store as store,
    j.began_on as day,
    sum(j.people)::bigint as rows,
    sum(case when j.referred then j.people else 0 end)::bigint as referrer_rows
  from journey_days j
  where j.kind = 'lead'
  group by j.store, j.began_on
),
act_days as materialized (
  select
    p.store as store,
    a.step_no as step_no,
    a.happened_on as day,
    count(*)::bigint as rows,
    count(a.customer_id)::bigint as customer_rows
  from acts a
  join paths p on p.journey_id = a.journey_id
  group by p.store, a.step_no, a.happened_on
),
marks as (
  select l.store as store, 2::bigint as step_no, l.day as day, l.rows as rows
  from lead_days l
  union all
  select l.store as store, 6::bigint as step_no, l.day as day, l.referrer_rows as rows
  from lead_days l
  union all
  select a.store as store, a.step_no as step_no, a.day as day, a.rows as rows
  from act_days a
  union all
  select a.store as store, 5::bigint as step_no, a.day as day, a.customer_rows as rows
  from act_days a
  where a.step_no = 4
)
select
  m.store::varchar as store,
  m.step_no::bigint as step_no,
  m.day::date as day,
  m.rows::bigint as rows
from marks m
where m.rows > 0
