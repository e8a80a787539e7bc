-- Consultation visits and orders, each with the journey it belongs to.
-- A lead_id decides; else the customer's latest journey begun on or before the day; else an unannounced journey of
-- that customer, or of the visit or order alone. Rows dated after the day of their import are impossible and left out.
-- grain: kind, act_id
-- column kind varchar not null: visit or order
-- column act_id varchar not null: visit_id or order_id
-- column row_no bigint not null: number of the row that says so, by batch and line
-- column journey_id varchar not null: L:lead_id, C:customer_id, V:visit_id or O:order_id
-- column journey_lead_id varchar: the lead_id of an L: journey
-- column act_no bigint not null: place among the journey's acts, by time, visits before orders, id
-- column step_no bigint not null: 3 for a visit, 4 for an order
-- column happened_at timestamp not null: wall clock of the firm
-- column happened_on date not null: business day
-- column customer_id varchar: as exported with the act
-- column store varchar: as exported with the act
-- column staff_id varchar: as exported with the act
-- column reason varchar: reason of no sale, visits only
-- column tactic varchar: closing tactic, visits only
-- column package varchar: package, orders only
-- column extra varchar: JSON object of unknown columns
-- column signed decimal(18,2): amount of the order in the firm's currency; null for a visit
-- column taken_back decimal(18,2): amount cancelled or refunded; null for a visit
-- column taken_back_on date: business day of the cancellation or refund; null while the order stands
-- column cancelled boolean not null: the order was cancelled as a whole
with visits as (
  select
    'visit' as kind,
    v.visit_id as act_id,
    row_no(v.batch_id, v.line) as row_no,
    3::bigint as step_no,
    v.visited_at as happened_at,
    v.lead_id as lead_id,
    v.customer_id as customer_id,
    v.store as store,
    v.staff_id as staff_id,
    v.reason as reason,
    v.tactic as tactic,
    null::varchar as package,
    v.extra as extra,
    null::decimal(18,2) as signed,
    null::decimal(18,2) as taken_back,
    null::date as taken_back_on,
    false as cancelled
  from exports.visits v
  where v.purpose = 'consult' and day_of(v.visited_at) <= v.imported_on
),
orders as (
  select
    'order' as kind,
    o.order_id as act_id,
    row_no(o.batch_id, o.line) as row_no,
    4::bigint as step_no,
    o.ordered_at as happened_at,
    o.lead_id as lead_id,
    o.customer_id as customer_id,
    o.store as store,
    o.staff_id as staff_id,
    null::varchar as reason,
    null::varchar as tactic,
    o.package as package,
    o.extra as extra,
    o.amount as signed,
    case
      when o.status = 'cancelled' then o.amount
      when o.status = 'refunded' then coalesce(o.refunded_amount, o.amount)
    end as taken_back,
    case when o.status in ('cancelled', 'refunded') then coalesce(day_of(o.cancelled_at), o.imported_on) end as taken_back_on,
    coalesce(o.status = 'cancelled', false) as cancelled
  from exports.orders o
  where day_of(o.ordered_at) <= o.imported_on
),
facts as (
  select * from visits
  union all
  select * from orders
),
facts_of_leads as (
  select
    f.lead_id as lead_id,
    f.happened_at as happened_at,
    f.customer_id as customer_id,
    row_number() over (partition by f.lead_id order by f.happened_at, f.step_no, f.act_id)::bigint as place
  from facts f
  where f.lead_id is not null
),
customers_of_leads as (
  select f.lead_id as lead_id, min(f.happened_at) as first_at, argMin(f.customer_id, f.place) as customer_id
  from facts_of_leads f
  group by f.lead_id
),
seekers as (
  select distinct f.customer_id as customer_id
  from facts f
  where f.lead_id is null and f.customer_id is not null
),
leads as (
  select l.lead_id as lead_id, l.created_at as began_at, coalesce(l.customer_id, c.customer_id) as customer_id
  from exports.leads l
  left join customers_of_leads c on c.lead_id = l.lead_id
  where day_of(l.created_at) <= l.imported_on
),
named_leads as (
  select l.lead_id as lead_id
  from exports.leads l
  semi join customers_of_leads c on c.lead_id = l.lead_id
  where day_of(l.created_at) <= l.imported_on
),
announced as (
  select l.lead_id as lead_id, l.began_at as began_at, l.customer_id as customer_id
  from leads l
  semi join seekers s on s.customer_id = l.customer_id
  union all
  select c.lead_id as lead_id, c.first_at as began_at, c.customer_id as customer_id
  from customers_of_leads c
  semi join seekers s on s.customer_id = c.customer_id
  anti join named_leads n on n.lead_id = c.lead_id
),
known_customers as (
  select
    f.kind as kind,
    f.act_id as act_id,
    a.lead_id as lead_id,
    row_number() over (partition by f.kind, f.act_id order by a.began_at desc, a.lead_id desc)::bigint as place
  from facts f
  join announced a on a.customer_id = f.customer_id
  where f.lead_id is null and day_of(a.began_at) <= day_of(f.happened_at)
),
placed as (
  select
    f.*,
    coalesce(f.lead_id, k.lead_id) as journey_lead_id,
    case
      when f.lead_id is not null then 'L:' || f.lead_id
      when k.lead_id is not null then 'L:' || k.lead_id
      when f.customer_id is not null then 'C:' || f.customer_id
      when f.kind = 'visit' then 'V:' || f.act_id
      else 'O:' || f.act_id
    end as journey_id
  from facts f
  left join known_customers k on k.kind = f.kind and k.act_id = f.act_id and k.place = 1
)
select
  p.kind::varchar as kind,
  p.act_id::varchar as act_id,
  p.row_no::bigint as row_no,
  p.journey_id::varchar as journey_id,
  p.journey_lead_id::varchar as journey_lead_id,
  row_number() over (partition by p.journey_id order by p.happened_at, p.step_no, p.act_id)::bigint as act_no,
  p.step_no::bigint as step_no,
  p.happened_at::timestamp as happened_at,
  day_of(p.happened_at) as happened_on,
  p.customer_id::varchar as customer_id,
  p.store::varchar as store,
  p.staff_id::varchar as staff_id,
  p.reason::varchar as reason,
  p.tactic::varchar as tactic,
  p.package::varchar as package,
  p.extra::varchar as extra,
  p.signed::decimal(18,2) as signed,
  p.taken_back::decimal(18,2) as taken_back,
  p.taken_back_on::date as taken_back_on,
  p.cancelled::boolean as cancelled
from placed p
