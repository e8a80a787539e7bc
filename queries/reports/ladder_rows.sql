-- The orders behind a number of the upsell ladder, one by one, earliest first.
-- Exactly those that upsell_ladder counts at a touchpoint: that reached it, were offered or sold something there, or have
-- not come that far yet; in the cohort view also those that ladder_before counts there. all_offered and all_pieces are sums over all pages. Names are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: ladder_orders, ladder_past
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: whose arithmetic
-- param touchpoint_no bigint (0 .. 6) default 3: 0 the order, 1 order desk, 2 shoot, 3 viewing, 4 pickup, 5 not named, 6 all
-- param only varchar (reached | offered | offered_there | sold | attached | unfinished) default reached: attached and offered_there are those reached to which something was sold, or offered
-- param past varchar (any | bought | declined | not_offered) default any: what the order had done at earlier touchpoints, see ladder_before
-- param by varchar (upsell_seller | item) optional segment: field of which segment is a value, or one of these of the upsell
-- param segment varchar optional: with by, only orders of this value; without a value those where it is missing
-- param where varchar[] filters: entries field=value, of the order's journey
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column all_offered bigint not null: sum of offered on all pages
-- column all_pieces bigint not null: sum of pieces on all pages
-- column ordered_on date: business day of the order; null where the order is unknown
-- column order_id varchar not null: the order
-- column customer_name varchar: of the lead, else of the customer; masked
-- column store varchar: of the order, else of its journey
-- column staff_id varchar staff: who sold the order
-- column reached boolean not null: the order came to the touchpoint
-- column offered bigint not null: upsells offered there, sold or declined
-- column pieces bigint not null: pieces sold there
-- column amount decimal(18,2) not null: money of the upsells sold there; touchpoints 0 and 6 with the order as signed
-- column cancelled_on date: business day on which the order was cancelled as a whole
with chosen as (
  select
    o.order_id as order_id,
    (o.is_reached = 1)::boolean as reached,
    o.offered as offered,
    o.pieces as pieces,
    o.amount as amount
  from ladder_orders o
  left join ladder_past p on p.segment is not distinct from o.segment and p.level = o.level and p.order_id = o.order_id
  where
    o.level = $touchpoint_no::bigint
    and ($past::varchar = 'any' or p.past = $past::varchar)
    and ($by::varchar is null or o.segment is not distinct from $segment::varchar)
    and case $only::varchar
      when 'offered' then o.offered > 0
      when 'offered_there' then o.is_reached = 1 and o.has_source = 1 and o.offered > 0
      when 'sold' then o.is_sold = 1
      when 'attached' then o.is_reached = 1 and o.has_source = 1 and o.is_sold = 1
      when 'unfinished' then o.is_reached = 0 and o.has_source = 1 and o.is_cancelled = 0
      else o.is_reached = 1 and o.has_source = 1
    end
),
orders as (
  select
    e.order_id as order_id,
    e.ordered_on as ordered_on,
    e.store as store,
    e.staff_id as staff_id,
    e.customer_id as customer_id,
    e.journey_id as journey_id,
    case when e.order_cancelled_on <= $as_of::date then e.order_cancelled_on end as cancelled_on
  from money_entries e
  where e.kind in ('first_order', 'repeat_order')
),
numbered as (
  select
    c.order_id as order_id,
    c.reached as reached,
    c.offered as offered,
    c.pieces as pieces,
    c.amount as amount,
    o.ordered_on as ordered_on,
    o.store as store,
    o.staff_id as staff_id,
    o.customer_id as customer_id,
    o.journey_id as journey_id,
    o.cancelled_on as cancelled_on,
    row_number() over (order by o.ordered_on nulls last, c.order_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows,
    sum(c.offered) over ()::bigint as all_offered,
    sum(c.pieces) over ()::bigint as all_pieces
  from chosen c
  left join orders o on o.order_id = c.order_id
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.all_offered::bigint as all_offered,
  n.all_pieces::bigint as all_pieces,
  n.ordered_on::date as ordered_on,
  n.order_id::varchar as order_id,
  masked_name(coalesce(l.customer_name, c.name))::varchar as customer_name,
  n.store::varchar as store,
  n.staff_id::varchar as staff_id,
  n.reached::boolean as reached,
  n.offered::bigint as offered,
  n.pieces::bigint as pieces,
  n.amount::decimal(18,2) as amount,
  n.cancelled_on::date as cancelled_on
from numbered n
left join exports.leads l on 'L:' || l.lead_id = n.journey_id
left join exports.customers c on c.customer_id = n.customer_id
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
