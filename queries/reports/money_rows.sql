-- The movements of money behind a sum, one by one, earliest first.
-- Exactly the money entries that money, reconciliation and the ladder sum: orders as signed, what was taken back, upsells
-- sold, payments. Period view: those whose own day lies in the period. Cohort view: those up to as_of of the journeys begun
-- in it; orders view: those up to as_of of the orders signed in it. Unassigned are payments up to the period's end, whenever
-- made, whose order had not been signed by then. With compare_from and compare_to, stores that lack rows of a list on either
-- side are left out: of any list as in revenue_change, or of orders as in week_summary. all_amount is the sum over all pages.
-- Names of customers are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: asked_entries, periods = revenue_periods, left_out_stores
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period | orders) default period: by the day of the entry, of its journey's beginning, or of its order
-- param part varchar (all | signed | first_orders | repeat_orders | taken_back | net | upsold | collected | unassigned | ordered | revenue) default all: which kinds; net is signed and taken back, ordered signed and upsold, revenue all but payments
-- param origin varchar (all | this_period | older | later | unannounced) default all: by the kind of the journey and when it began
-- param touchpoint varchar (sale | shoot | viewing | pickup | none) optional: upsells of this touchpoint only, none: of no named one
-- param compare_from date optional: first business day of what the period is compared with
-- param compare_to date optional: last business day of what it is compared with
-- param compare_periods bigint (1 .. 52) default 1: how many periods before are averaged
-- param lacking varchar (any | orders) default any: list whose gap leaves a store out of the comparison
-- param by varchar (upsell_seller | item) optional segment: field of which segment is a value, or one of these of the upsell
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
-- column staff_id varchar staff: who sold it
-- column staff_name varchar staff: name of that person in the list of staff
-- column journey_id varchar: journey of that order
-- column journey_began_on date: business day on which that journey began
with left_out as (
  select g.store_key as store_key
  from left_out_stores g
  where $compare_from::date is not null and g.scope = $lacking::varchar
),
dated as (
  select
    e.*,
    case $by::varchar when 'item' then e.item_type when 'upsell_seller' then e.staff_id else e.segment end as own_segment,
    case $view::varchar when 'cohort' then e.journey_began_on when 'orders' then e.ordered_on else e.happened_on end as dated_on,
    case
      when e.journey_kind = 'unannounced' then 'unannounced'
      when e.journey_began_on < $from::date then 'older'
      when e.journey_began_on <= least($to::date, $as_of::date) then 'this_period'
      else 'later'
    end as origin
  from asked_entries e
  anti join left_out g on g.store_key = e.store_key
),
chosen as (
  select d.*
  from dated d
  where
    case $part::varchar
      when 'signed' then d.kind in ('first_order', 'repeat_order')
      when 'first_orders' then d.kind = 'first_order'
      when 'repeat_orders' then d.kind = 'repeat_order'
      when 'taken_back' then d.kind = 'taken_back'
      when 'net' then d.kind in ('first_order', 'repeat_order', 'taken_back')
      when 'upsold' then d.kind = 'upsell'
      when 'collected' then d.kind = 'payment'
      when 'ordered' then d.kind in ('first_order', 'repeat_order', 'upsell')
      when 'revenue' then d.kind <> 'payment'
      when 'unassigned' then d.kind = 'payment' and coalesce(d.ordered_on > least($to::date, $as_of::date), true)
      else true
    end
    and case
      when $part::varchar = 'unassigned' then d.happened_on <= least($to::date, $as_of::date)
      else d.dated_on between $from::date and least($to::date, $as_of::date)
    end
    and ($origin::varchar = 'all' or d.origin = $origin::varchar)
    and ($touchpoint::varchar is null or d.kind = 'upsell' and coalesce(d.touchpoint, 'none') = $touchpoint::varchar)
    and ($by::varchar is null or d.own_segment is not distinct from $segment::varchar)
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
  p.name::varchar as staff_name,
  s.journey_id::varchar as journey_id,
  s.journey_began_on::date as journey_began_on
from shown s
left join exports.leads l on 'L:' || l.lead_id = s.journey_id
left join exports.customers c on c.customer_id = s.customer_id
left join exports.staff p on p.staff_id = s.staff_id
order by s.row_no
