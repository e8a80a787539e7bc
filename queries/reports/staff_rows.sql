-- The units behind a figure of staff_figures: which leads, consultations, orders or upsells, and what came of each.
-- A unit that comes several times within the days, as an order at a touchpoint may, is one row and stands at its first day.
-- Whoever is in charge of the journey (its inviter or seller) sees the customer's name and number to call; everybody else
-- sees them masked. A manager sees the units of the people of the own stores (see staff_members).
-- grain: row_no
-- audience: owner, manager stores, staff own
-- viewer: in the text
-- uses: staff_acts, staff_homes
-- param from date default first_day: first business day of the figures, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param figure varchar (lead_visits | lead_orders | visit_orders | cancellations | sale | shoot | viewing | pickup | co_sold | recovered) default visit_orders: what a unit is
-- param only varchar (all | hits | unfinished | known | known_hits) default all: successes; units without one that are not 30 days old; those old enough for the outcome to be known, and their successes
-- param starts_on date optional: of these days only those from here …
-- param ends_on date optional: … to here
-- param staff varchar optional: only this person
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column all_amount decimal(18,2) not null: sum of amount on all pages
-- column happened_on date not null: business day on which the unit began
-- column customer_name varchar: of the lead, else of the customer; masked except for whoever is in charge
-- column phone varchar contact: of the lead, else of the customer; masked except for whoever is in charge
-- column store varchar: store of the journey
-- column channel varchar: channel of the journey
-- column hit boolean not null: it succeeded by as_of
-- column unfinished boolean not null: it has not, and is not 30 days old
-- column amount decimal(18,2) not null: money of the success; cancellations and co_sold: of the unit
-- column unit_id varchar not null: journey_id of the lead, visit_id, order_id or upsell_id
-- column journey_id varchar: journey that it belongs to
-- column staff_id varchar staff: who
-- column staff_name varchar staff: name of that person in the list of staff
with acted as (
  select
    a.staff_id as staff_id,
    a.unit_id as unit_id,
    a.journey_id as journey_id,
    a.happened_on as happened_on,
    a.is_hit::int as is_hit,
    (a.window_days > 0 and not a.is_hit and days_between(a.happened_on, $as_of::date) < a.window_days)::int as is_unfinished,
    a.amount as amount
  from staff_acts a
  where
    a.figure = $figure::varchar
    and ($staff::varchar is null or a.staff_id = $staff::varchar)
    and ($viewer_staff::varchar is null or a.staff_id = $viewer_staff::varchar)
    and a.happened_on between coalesce($starts_on::date, $from::date) and coalesce($ends_on::date, $to::date)
    and ($only::varchar not in ('known', 'known_hits') or days_between(a.happened_on, $as_of::date) >= a.window_days)
),
units as (
  select
    a.staff_id as staff_id,
    a.unit_id as unit_id,
    max(a.journey_id) as journey_id,
    min(a.happened_on) as began_on,
    max(a.is_hit)::bigint as hits,
    max(a.is_unfinished)::bigint as open_units,
    coalesce(sum(a.amount), 0)::decimal(18,2) as unit_amount
  from acted a
  group by a.staff_id, a.unit_id
),
chosen as (
  select u.*, s.name as staff_name
  from units u
  left join staff_homes s on s.staff_id = u.staff_id
  where
    (length($viewer_stores::varchar[]) = 0 or is_in($viewer_stores::varchar[], coalesce(s.store, '')))
    and case $only::varchar
      when 'hits' then u.hits = 1
      when 'known_hits' then u.hits = 1
      when 'unfinished' then u.open_units = 1
      else true
    end
),
numbered as (
  select
    c.*,
    row_number() over (order by c.began_on, c.unit_id, c.staff_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows,
    sum(c.unit_amount) over ()::decimal(18,2) as all_amount
  from chosen c
),
shown as (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
),
named as (
  select
    s.row_no as row_no,
    j.store as store,
    j.channel as channel,
    coalesce(l.customer_name, c.name) as customer_name,
    coalesce(l.phone, c.phone) as phone,
    coalesce(j.inviter = $viewer_staff::varchar, false) or coalesce(j.seller = $viewer_staff::varchar, false) as in_charge
  from shown s
  join journeys j on j.journey_id = s.journey_id
  left join exports.leads l on 'L:' || l.lead_id = s.journey_id
  left join exports.customers c on c.customer_id = j.customer_id
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.all_amount::decimal(18,2) as all_amount,
  s.began_on::date as happened_on,
  (case when n.in_charge then n.customer_name else masked_name(n.customer_name) end)::varchar as customer_name,
  (case when n.in_charge then n.phone else masked_phone(n.phone) end)::varchar as phone,
  n.store::varchar as store,
  n.channel::varchar as channel,
  (s.hits = 1)::boolean as hit,
  (s.open_units = 1)::boolean as unfinished,
  s.unit_amount::decimal(18,2) as amount,
  s.unit_id::varchar as unit_id,
  s.journey_id::varchar as journey_id,
  s.staff_id::varchar as staff_id,
  s.staff_name::varchar as staff_name
from shown s
left join named n on n.row_no = s.row_no
order by s.row_no
