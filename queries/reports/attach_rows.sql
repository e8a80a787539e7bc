-- The orders behind a pair of the attach matrix, one by one, earliest first.
-- Exactly those that ladder_attach counts of two items, or of a package and an item. Names are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: attach_orders, attach_sold, attach_eligible
-- param from date default first_day: first business day of the orders, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort) default cohort: what became of the orders signed in the period
-- param by varchar (item) default item: what is told apart
-- param kind varchar (item | package) default item: whether value is an item or a package
-- param value varchar optional: the one item, or the package
-- param item varchar optional: the other item
-- param only varchar (base | with_value | with_item | both) default both: to which both could have been sold, with the one, with the other, with both
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
-- column amount decimal(18,2) not null: the order as signed
-- column has_value boolean not null: it has the one item, or is of the package
-- column has_item boolean not null: it has the other item
with flagged as (
  select
    o.order_id as order_id,
    o.package as package,
    case when $kind::varchar = 'package' then coalesce((o.package = $value::varchar)::int, 0) else (x.order_id is not null)::int end as has_value,
    (y.order_id is not null)::int as has_item
  from attach_orders o
  join attach_eligible b on b.mask = o.mask and b.item = $item::varchar
  left join attach_eligible a on a.mask = o.mask and a.item = $value::varchar
  left join attach_sold x on x.order_id = o.order_id and x.item = $value::varchar
  left join attach_sold y on y.order_id = o.order_id and y.item = $item::varchar
  where case when $kind::varchar = 'package' then o.package is not null else a.item is not null end
),
numbered as (
  select
    f.order_id as order_id,
    f.package as package,
    f.has_value as has_value,
    f.has_item as has_item,
    e.ordered_on as ordered_on,
    e.amount as amount,
    e.store as store,
    e.staff_id as staff_id,
    e.customer_id as customer_id,
    e.journey_id as journey_id,
    row_number() over (order by e.ordered_on, f.order_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from flagged f
  join money_entries e on e.order_id = f.order_id and e.kind in ('first_order', 'repeat_order')
  where case $only::varchar when 'base' then true when 'with_value' then f.has_value = 1 when 'with_item' then f.has_item = 1 else f.has_value + f.has_item = 2 end
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
  n.amount::decimal(18,2) as amount,
  (n.has_value = 1)::boolean as has_value,
  (n.has_item = 1)::boolean as has_item
from numbered n
left join exports.leads l on 'L:' || l.lead_id = n.journey_id
left join exports.customers c on c.customer_id = n.customer_id
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
