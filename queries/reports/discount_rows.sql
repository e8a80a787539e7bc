-- The orders behind the discounts, one by one, earliest first.
-- Exactly those that order_discounts counts. Names are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: discount_orders
-- param from date default first_day: first business day of the orders, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort) default cohort: what became of the orders signed in the period
-- param only varchar (all | listed | discounted | above_list | discounted_base | discounted_bought | full_base | full_bought) default discounted: base: in stores that record upsells, bought: something besides, full: at or above list price
-- param by varchar optional segment: field of which segment is a value
-- param segment varchar optional: with by, only orders of this value; without a value those where it is missing
-- param where varchar[] filters: entries field=value, of the order's journey
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column ordered_on date not null: business day of the order
-- column order_id varchar not null: the order
-- column customer_name varchar: of the lead, else of the customer; masked
-- column store varchar: of the order, else of its journey
-- column staff_id varchar staff: who sold the order
-- column package varchar: as exported with the order
-- column list_price decimal(18,2): as exported with the order; null without one
-- column amount decimal(18,2) not null: the order as signed
-- column discount decimal(18,2): list price less amount; negative above it
-- column upsold decimal(18,2) not null: money of the upsells sold to it by as_of
with numbered as (
  select
    d.*,
    row_number() over (order by d.ordered_on, d.order_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from discount_orders d
  where
    ($by::varchar is null or d.segment is not distinct from $segment::varchar)
    and case $only::varchar
      when 'all' then true
      when 'listed' then d.is_listed = 1
      when 'above_list' then d.is_above = 1
      when 'discounted_base' then d.is_discounted * d.has_upsells = 1
      when 'discounted_bought' then d.is_discounted * d.has_upsells * d.bought = 1
      when 'full_base' then (d.is_listed - d.is_discounted) * d.has_upsells = 1
      when 'full_bought' then (d.is_listed - d.is_discounted) * d.has_upsells * d.bought = 1
      else d.is_discounted = 1
    end
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.ordered_on::date as ordered_on,
  n.order_id::varchar as order_id,
  masked_name(coalesce(l.customer_name, c.name))::varchar as customer_name,
  n.store::varchar as store,
  n.staff_id::varchar as staff_id,
  n.package::varchar as package,
  n.list_price::decimal(18,2) as list_price,
  n.amount::decimal(18,2) as amount,
  n.discount::decimal(18,2) as discount,
  n.upsold::decimal(18,2) as upsold
from numbered n
left join exports.leads l on 'L:' || l.lead_id = n.journey_id
left join exports.customers c on c.customer_id = n.customer_id
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
