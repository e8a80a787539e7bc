-- The orders behind a wait between touchpoints, one by one, earliest first.
-- Exactly those that ladder_waits counts on a leg. Names are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: leg_orders
-- param from date default first_day: first business day of the orders, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort) default cohort: what became of the orders signed in the period
-- param leg_no bigint (1 .. 5) default 1: 1 to the shoot, 2 shoot to viewing, 3 viewing to pickup, 4 to the pickup, 5 to the first upsell
-- param only varchar (all | arrived | cancelled | open | too_early) default all: how it stands
-- param by varchar optional segment: field of which segment is a value
-- param segment varchar optional: with by, only orders of this value; without a value those where it is missing
-- param where varchar[] filters: entries field=value, of the order's journey
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column from_on date not null: when it set out
-- column to_on date: when it arrived
-- column days bigint not null: days it took, or until it was cancelled or last seen
-- column standing varchar not null: arrived, cancelled or open
-- column order_id varchar not null: the order
-- column customer_name varchar: of the lead, else of the customer; masked
-- column store varchar: of the order, else of its journey
-- column staff_id varchar staff: who sold the order
-- column amount decimal(18,2) not null: the order as signed
with numbered as (
  select
    g.*,
    e.amount as amount,
    e.store as store,
    e.staff_id as staff_id,
    e.customer_id as customer_id,
    e.journey_id as journey_id,
    row_number() over (order by g.from_on, g.order_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from leg_orders g
  join money_entries e on e.order_id = g.order_id and e.kind in ('first_order', 'repeat_order')
  where
    g.leg_no = $leg_no::bigint
    and ($by::varchar is null or g.segment is not distinct from $segment::varchar)
    and case $only::varchar
      when 'arrived' then g.arrived = 1
      when 'cancelled' then g.cancelled = 1
      when 'open' then g.arrived + g.cancelled = 0
      when 'too_early' then g.too_early = 1
      else true
    end
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.from_on::date as from_on,
  n.to_on::date as to_on,
  n.days::bigint as days,
  (case when n.arrived = 1 then 'arrived' when n.cancelled = 1 then 'cancelled' else 'open' end)::varchar as standing,
  n.order_id::varchar as order_id,
  masked_name(coalesce(l.customer_name, c.name))::varchar as customer_name,
  n.store::varchar as store,
  n.staff_id::varchar as staff_id,
  n.amount::decimal(18,2) as amount
from numbered n
left join exports.leads l on 'L:' || l.lead_id = n.journey_id
left join exports.customers c on c.customer_id = n.customer_id
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
