-- On which days each store recorded what a step is counted from.
-- A store without a row for 26 weeks has no source for that step: its step is empty, not 0.
-- grain: store, step_no, day
-- column store varchar: store of the journey; null is a store of its own
-- column step_no bigint not null: 2 leads, 3 visits, 4 orders, 5 orders with a customer, 6 leads with a referrer
-- column day date not null: business day
-- column rows bigint not null: rows of that day
with marks as (
  select j.store as store, 2::bigint as step_no, j.began_on as day
  from journeys j
  where j.kind = 'lead'
  union all
  select j.store as store, 6::bigint as step_no, j.began_on as day
  from journeys j
  where j.kind = 'lead' and j.referrer_customer_id is not null
  union all
  select j.store as store, a.step_no as step_no, a.happened_on as day
  from acts a
  join journeys j on j.journey_id = a.journey_id
  union all
  select j.store as store, 5::bigint as step_no, a.happened_on as day
  from acts a
  join journeys j on j.journey_id = a.journey_id
  where a.kind = 'order' and a.customer_id is not null
)
select
  m.store::varchar as store,
  m.step_no::bigint as step_no,
  m.day::date as day,
  count(*)::bigint as rows
from marks m
group by m.store, m.step_no, m.day
