-- The touches of each path: before an order of the period, or of somebody who has not ordered since.
-- A touch belongs to the client's next order, so to one order at most, and only within `window_days` before it; of an order
-- that has none there is one row of kind untouched. Who has not ordered after the last touch is a path too, if that touch lies in the period:
-- its window ends with it. Money is signed.
-- grain: path_id, place
-- uses: touch_facts, $from, $to, $window_days
with timeline as materialized (
  select
    f.*,
    sum((f.kind = 'order')::int) over (
      partition by f.client_id order by f.happened_at, (f.kind = 'order')::int, f.fact_id rows between unbounded preceding and current row
    ) as orders_before
  from touch_facts f
),
ends as (
  select
    t.client_id as client_id, t.orders_before as order_no, t.fact_id as path_id, true as ordered, t.happened_on as ended_on,
    t.amount as amount
  from timeline t
  where t.kind = 'order'
  union all
  select
    t.client_id as client_id, max(t.orders_before) + 1 as order_no, 'P:' || t.client_id as path_id, false as ordered,
    max(case when t.kind <> 'order' then t.happened_on end) as ended_on, 0::decimal(18,2) as amount
  from timeline t
  group by t.client_id
),
asked as materialized (
  select e.* from ends e where e.ended_on between $from::date and $to::date
),
taken as (
  select
    e.path_id as path_id,
    t.fact_id as fact_id,
    t.kind as kind,
    t.value as value,
    t.happened_at as happened_at,
    days_between(t.happened_on, e.ended_on) as days_before
  from asked e
  join timeline t on t.client_id = e.client_id and t.orders_before + 1 = e.order_no
  where
    t.kind <> 'order'
    and days_between(t.happened_on, e.ended_on) <= $window_days::bigint
),
placed as (
  select
    t.*,
    row_number() over (partition by t.path_id order by t.happened_at, t.fact_id)::bigint as place,
    count(*) over (partition by t.path_id)::bigint as places
  from taken t
)
select
  e.path_id as path_id,
  e.client_id as client_id,
  e.ordered as ordered,
  e.ended_on as ended_on,
  e.amount as amount,
  coalesce(p.place, 1) as place,
  coalesce(p.places, 1) as places,
  coalesce(p.kind, 'untouched') as kind,
  p.value as value,
  coalesce(p.days_before, 0) as days_before
from asked e
left join placed p on p.path_id = e.path_id
where e.ordered or p.place is not null
