-- The movements of money behind a sum, one by one, earliest first.
-- Exactly the money entries that money, reconciliation and the ladder sum: orders as signed, what was taken back, upsells
-- sold, payments. Period view: those whose own day lies in the period. Cohort view: those up to as_of of the journeys begun
-- in it. all_amount is the sum over all pages. Names are masked.
-- grain: row_no
-- audience: owner, manager, marketer
-- uses: asked_entries
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: by the entry's own day, or by the day on which its journey began
-- param part varchar (all | signed | first_orders | repeat_orders | taken_back | net | upsold | collected | unassigned) default all: which kinds; net is signed and taken back, unassigned are payments of no known order
-- param touchpoint varchar (sale | shoot | viewing | pickup) optional: upsells of this touchpoint only
-- param by varchar optional segment: field of which segment is a value
-- param segment varchar optional: with by, only entries of this value; without a value those where it is missing
-- param where varchar[] filters: entries field=value
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column all_amount decimal(18,2) not null: sum of amount on all pages
-- column happened_on date not null: business day on which the amount counts
-- column kind varchar not null: first_order, repeat_order, taken_back, upsell or payment
-- column amount decimal(18,2) not null: in the firm's currency, signed
-- column entry_id varchar not null: order:, taken_back:, upsell: or payment: and the key of the export's row
-- column touchpoint varchar: sale, shoot, viewing or pickup; upsells only
-- column item_type varchar: what was sold; upsells only
-- column order_id varchar: order it belongs to
-- column ordered_on date: business day of that order
-- column customer_name varchar: of the lead, else of the customer; masked
-- column store varchar: of the order itself, else of its journey
-- column staff_id varchar: who sold it
-- column journey_id varchar: journey of that order
-- column journey_began_on date: business day on which that journey began
with chosen as (
  select e.*
  from asked_entries e
  where
    case when $view::varchar = 'cohort' then e.journey_began_on else e.happened_on end between $from::date and least($to::date, $as_of::date)
    and ($by::varchar is null or e.segment is not distinct from $segment::varchar)
    and case $part::varchar
      when 'signed' then e.kind in ('first_order', 'repeat_order')
      when 'first_orders' then e.kind = 'first_order'
      when 'repeat_orders' then e.kind = 'repeat_order'
      when 'taken_back' then e.kind = 'taken_back'
      when 'net' then e.kind in ('first_order', 'repeat_order', 'taken_back')
      when 'upsold' then e.kind = 'upsell'
      when 'collected' then e.kind = 'payment'
      when 'unassigned' then e.kind = 'payment' and e.ordered_on is null
      else true
    end
    and ($touchpoint::varchar is null or coalesce(e.touchpoint = $touchpoint::varchar, false))
),
numbered as (
  select
    c.*,
    row_number() over (order by c.happened_on, c.entry_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows,
    sum(c.amount) over ()::decimal(18,2) as all_amount
  from chosen c
),
shown as (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.all_amount::decimal(18,2) as all_amount,
  s.happened_on::date as happened_on,
  s.kind::varchar as kind,
  s.amount::decimal(18,2) as amount,
  s.entry_id::varchar as entry_id,
  s.touchpoint::varchar as touchpoint,
  s.item_type::varchar as item_type,
  s.order_id::varchar as order_id,
  s.ordered_on::date as ordered_on,
  masked_name(coalesce(l.customer_name, c.name))::varchar as customer_name,
  s.store::varchar as store,
  s.staff_id::varchar as staff_id,
  s.journey_id::varchar as journey_id,
  s.journey_began_on::date as journey_began_on
from shown s
left join exports.leads l on 'L:' || l.lead_id = s.journey_id
left join exports.customers c on c.customer_id = s.customer_id
order by s.row_no
