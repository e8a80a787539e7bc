-- How many rows each table got from each store on each business day, and the last moment of the day.
-- Rows without a store of their own take the store of the order or journey they belong to; campaign figures have none.
-- refreshed: adding rows, greatest last_at
-- grain: table_name, store, day
-- column table_name varchar not null: export table
-- column store varchar: store, null is a store of its own
-- column day date not null: business day
-- column rows bigint not null: rows that count now
-- column last_at timestamp not null: last moment of the day
with order_stores as (
  select a.act_id as order_id, coalesce(a.store, p.store) as store
  from acts a
  join paths p on p.journey_id = a.journey_id
  where a.kind = 'order'
),
homes_of_visits as (
  select j.journey_id as journey_id, j.store as store
  from begun_journeys j
  semi join exports.visits v on 'L:' || v.lead_id = j.journey_id
),
marks as (
  select 'leads' as table_name, l.store as store, l.created_at as happened_at, l.imported_on as imported_on
  from exports.leads l
  union all
  select 'visits' as table_name, coalesce(v.store, o.store, h.store) as store, v.visited_at as happened_at, v.imported_on as imported_on
  from exports.visits v
  left join order_stores o on o.order_id = v.order_id
  left join homes_of_visits h on h.journey_id = 'L:' || v.lead_id
  union all
  select 'orders' as table_name, coalesce(r.store, o.store) as store, r.ordered_at as happened_at, r.imported_on as imported_on
  from exports.orders r
  left join order_stores o on o.order_id = r.order_id
  union all
  select 'upsells' as table_name, o.store as store, u.sold_at as happened_at, u.imported_on as imported_on
  from exports.upsells u
  left join order_stores o on o.order_id = u.order_id
  union all
  select 'payments' as table_name, o.store as store, p.paid_at as happened_at, p.imported_on as imported_on
  from exports.payments p
  left join order_stores o on o.order_id = p.order_id
  union all
  select 'campaign_days' as table_name, null as store, d.date::timestamp as happened_at, d.imported_on as imported_on
  from exports.campaign_days d
)
select
  m.table_name::varchar as table_name,
  m.store::varchar as store,
  day_of(m.happened_at) as day,
  count(*)::bigint as rows,
  max(m.happened_at)::timestamp as last_at
from marks m
where day_of(m.happened_at) <= m.imported_on
group by m.table_name, m.store, day_of(m.happened_at)
