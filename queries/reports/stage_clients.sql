-- Who stands in a stage of the life cycle on a day, those first who came into it last.
-- Exactly the people that stage_counts counts there. Names and telephone numbers are masked. What to do next follows the
-- stage: A first_order; B referral_card while they hold none, else second_order; C thank (they buy and bring friends); D remind
-- before they are lost; E win_back.
-- grain: row_no
-- audience: owner, manager stores
-- uses: stage_people
-- param stage varchar (A | B | C | D | E) default A: the stage
-- param as_of date default as_of: the day; nothing later is counted
-- param by varchar optional segment: field of the first journey whose values split the rows
-- param where varchar[] filters: entries field=value
-- param segment varchar optional: with by, only people of this value; without a value those where it is missing
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column client_id varchar not null: C:customer_id, else the journey that they are known by
-- column customer_id varchar: number of the customer
-- column customer_name varchar: masked
-- column phone varchar contact: masked
-- column store varchar: of the first journey
-- column channel varchar: of the first journey
-- column from_on date not null: since when they stand in the stage
-- column last_on date: day of the last act; null for whoever only is a lead
-- column orders bigint not null: orders so far
-- column amount decimal(18,2) not null: signed and upsold so far
-- column next_lever varchar not null: first_order, referral_card, second_order, thank, remind or win_back
with numbered as (
  select
    p.client_no as client_no,
    p.client_id as client_id,
    p.journey_id as journey_id,
    p.from_on as from_on,
    row_number() over (order by p.from_on desc, p.client_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from stage_people p
  where p.stage = $stage::varchar and ($by::varchar is null or p.segment is not distinct from $segment::varchar)
),
shown as materialized (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
),
acted as (
  select
    a.client_no as client_no,
    max(a.happened_on) as last_on,
    sum((a.kind = 'order')::int)::bigint as orders,
    coalesce(sum(a.amount), 0)::decimal(18,2) as amount
  from client_acts a
  semi join shown s on s.client_no = a.client_no
  where a.happened_on <= $as_of::date
  group by a.client_no
),
holders as (
  select coalesce(k.client_id, 'C:' || c.customer_id) as client_id, count(*)::bigint as cards
  from exports.cards c
  left join client_links k on k.person_id = 'C:' || c.customer_id
  where day_of(c.issued_at) <= $as_of::date
  group by 1
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.client_id::varchar as client_id,
  (case when s.client_id like 'C:%' then substring(s.client_id, 3) end)::varchar as customer_id,
  masked_name(coalesce(u.name, l.customer_name))::varchar as customer_name,
  masked_phone(coalesce(u.phone, l.phone))::varchar as phone,
  j.store::varchar as store,
  j.channel::varchar as channel,
  s.from_on::date as from_on,
  a.last_on::date as last_on,
  coalesce(a.orders, 0)::bigint as orders,
  coalesce(a.amount, 0)::decimal(18,2) as amount,
  (case $stage::varchar
    when 'A' then 'first_order'
    when 'B' then case when h.cards is null then 'referral_card' else 'second_order' end
    when 'C' then 'thank'
    when 'D' then 'remind'
    else 'win_back'
  end)::varchar as next_lever
from shown s
left join acted a on a.client_no = s.client_no
left join holders h on h.client_id = s.client_id
left join begun_journeys j on j.journey_id = s.journey_id
left join exports.customers u on 'C:' || u.customer_id = s.client_id
left join exports.leads l on 'L:' || l.lead_id = s.journey_id
order by s.row_no
