-- The upsells behind a credit, one by one, earliest first.
-- Exactly those that ladder_credit counts of a person, or those that name nobody. all_amount and all_credit_amount are sums
-- over all pages. Names are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: upsell_credits
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: upsells of the orders signed in the period, or sold in it
-- param touchpoint_no bigint (1 .. 5) optional: only this one: 1 order desk, 2 shoot, 3 viewing, 4 pickup, 5 not named
-- param staff_id varchar optional: who sold or helped to sell; without a value upsells that name nobody
-- param only varchar (all | shared) default all: shared with somebody else
-- param by varchar (item) optional segment: field of which segment is a value, or the item
-- param segment varchar optional: with by, only upsells of this value; without a value those where it is missing
-- param where varchar[] filters: entries field=value, of the order's journey
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column all_amount decimal(18,2) not null: sum of amount on all pages
-- column all_credit_amount decimal(18,2) not null: sum of credit_amount on all pages
-- column sold_on date not null: business day
-- column order_id varchar not null: the order
-- column customer_name varchar: of the lead, else of the customer; masked
-- column store varchar: of the order
-- column touchpoint varchar: sale, shoot, viewing, pickup; null where none is named
-- column item_type varchar: what was sold
-- column pieces bigint not null: pieces sold
-- column amount decimal(18,2) not null: money of the upsell
-- column staff_id varchar staff: who sold it
-- column co_staff_id varchar staff: who sold it together with that person
-- column credit decimal(18,2) not null: 1, or a half of a shared one
-- column credit_amount decimal(18,2) not null: money credited
with numbered as (
  select
    u.*,
    row_number() over (order by u.happened_on, u.touch_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows,
    sum(u.amount) over ()::decimal(18,2) as all_amount,
    sum(u.credit_amount) over ()::decimal(18,2) as all_credit_amount
  from upsell_credits u
  where
    u.staff_id is not distinct from $staff_id::varchar
    and ($touchpoint_no::bigint is null or u.touchpoint_no = $touchpoint_no::bigint)
    and ($only::varchar = 'all' or u.co_seller is not null)
    and ($by::varchar is null or u.segment is not distinct from $segment::varchar)
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.all_amount::decimal(18,2) as all_amount,
  n.all_credit_amount::decimal(18,2) as all_credit_amount,
  n.happened_on::date as sold_on,
  n.order_id::varchar as order_id,
  masked_name(coalesce(l.customer_name, c.name))::varchar as customer_name,
  n.store::varchar as store,
  (case n.touchpoint_no when 1 then 'sale' when 2 then 'shoot' when 3 then 'viewing' when 4 then 'pickup' end)::varchar as touchpoint,
  n.item_type::varchar as item_type,
  n.pieces::bigint as pieces,
  n.amount::decimal(18,2) as amount,
  n.seller::varchar as staff_id,
  n.co_seller::varchar as co_staff_id,
  n.credit::decimal(18,2) as credit,
  n.credit_amount::decimal(18,2) as credit_amount
from numbered n
left join paths j on j.journey_id = n.journey_id
left join exports.leads l on 'L:' || l.lead_id = n.journey_id
left join exports.customers c on c.customer_id = j.customer_id
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
