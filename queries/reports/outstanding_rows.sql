-- The orders behind what is outstanding, one by one, oldest first; of those over 60 days the largest balance first.
-- Exactly the balances that money sums at the period's end: net and upsold less collected, order by order; of an order
-- cancelled as a whole nothing is claimed. all_balance is the sum over all pages. Names and telephone numbers of customers are
-- masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: homes
-- param to date default as_of: the day of the balances, or as_of if that comes before
-- param as_of date default as_of: nothing later than this day is counted
-- param part varchar (owed | 0_15 | 16_60 | over_60 | overpaid) default owed: owed at any age or at an age in days, or paid too much
-- param by varchar optional segment: field of which segment is a value
-- param segment varchar optional: with by, only orders of this value; without a value those where it is missing
-- param where varchar[] filters: entries field=value
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column all_balance decimal(18,2) not null: sum of balance on all pages
-- column ordered_on date not null: business day of the order
-- column age_days bigint not null: days from that day to the day of the balances
-- column order_id varchar not null: the order
-- column customer_name varchar: of the lead, else of the customer; masked
-- column phone varchar contact: of the lead, else of the customer; masked
-- column store varchar: of the order, else of its journey
-- column staff_id varchar staff: who sold the order
-- column staff_name varchar staff: name of that person in the list of staff
-- column net decimal(18,2) not null: signed less taken back
-- column upsold decimal(18,2) not null: upsells sold to it
-- column collected decimal(18,2) not null: payments less refunds
-- column balance decimal(18,2) not null: owed to the firm; negative where it holds money that it may not claim
-- column cancelled_on date: business day on which the order was cancelled as a whole
-- column journey_id varchar not null: journey of the order
with standing as (
  select
    b.entry_id as entry_id,
    b.journey_id as journey_id,
    b.ordered_on as ordered_on,
    b.store as store,
    b.balance as balance,
    days_between(b.ordered_on, least($to::date, $as_of::date)) as age_days
  from open_balances b
  join homes h on h.journey_id = b.journey_id
  join money_stores s on s.store is not distinct from b.store
  where
    b.ordered_on is not null
    and least($to::date, $as_of::date) between b.from_on and coalesce(b.until_on, $as_of::date)
    and s.payments_from_on <= $as_of::date
    and ($by::varchar is null or h.segment is not distinct from $segment::varchar)
),
chosen as (
  select s.*
  from standing s
  where
    case $part::varchar
      when 'overpaid' then s.balance < 0
      when '0_15' then s.balance > 0 and s.age_days <= 15
      when '16_60' then s.balance > 0 and s.age_days > 15 and s.age_days <= 60
      when 'over_60' then s.balance > 0 and s.age_days > 60
      else s.balance > 0
    end
),
numbered as (
  select
    c.*,
    row_number() over (
      order by case when $part::varchar = 'over_60' then -c.balance end, c.ordered_on, c.entry_id
    )::bigint as row_no,
    count(*) over ()::bigint as all_rows,
    sum(c.balance) over ()::decimal(18,2) as all_balance
  from chosen c
),
shown as (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
),
ordered as (
  select s.*, e.order_id as order_id, e.staff_id as staff_id, e.customer_id as customer_id, e.order_cancelled_on as cancelled_on
  from shown s
  join money_entries e on e.entry_id = s.entry_id
),
sums as (
  select
    o.order_id as order_id,
    coalesce(sum(case when e.kind in ('first_order', 'repeat_order', 'taken_back') then e.amount end), 0)::decimal(18,2) as net,
    coalesce(sum(case when e.kind = 'upsell' then e.amount end), 0)::decimal(18,2) as upsold,
    coalesce(sum(case when e.kind = 'payment' then e.amount end), 0)::decimal(18,2) as collected
  from ordered o
  join money_entries e on e.order_id = o.order_id
  where e.happened_on <= least($to::date, $as_of::date)
  group by o.order_id
)
select
  o.row_no::bigint as row_no,
  o.all_rows::bigint as all_rows,
  o.all_balance::decimal(18,2) as all_balance,
  o.ordered_on::date as ordered_on,
  o.age_days::bigint as age_days,
  o.order_id::varchar as order_id,
  masked_name(coalesce(l.customer_name, c.name))::varchar as customer_name,
  masked_phone(coalesce(l.phone, c.phone))::varchar as phone,
  o.store::varchar as store,
  o.staff_id::varchar as staff_id,
  p.name::varchar as staff_name,
  m.net::decimal(18,2) as net,
  m.upsold::decimal(18,2) as upsold,
  m.collected::decimal(18,2) as collected,
  o.balance::decimal(18,2) as balance,
  case when o.cancelled_on <= least($to::date, $as_of::date) then o.cancelled_on end::date as cancelled_on,
  o.journey_id::varchar as journey_id
from ordered o
join sums m on m.order_id = o.order_id
left join exports.leads l on 'L:' || l.lead_id = o.journey_id
left join exports.customers c on c.customer_id = o.customer_id
left join exports.staff p on p.staff_id = o.staff_id
order by o.row_no
