-- What clients did: visits of any purpose, orders, upsells that were sold, and leads that their card brought.
-- The same as the events of these kinds, narrow and with the client's number, so that questions about a million orders are
-- answered at once.
-- grain: act_no
-- column client_no bigint not null: number of the client, see clients
-- column act_no bigint not null: event_no of the event
-- column client_id varchar not null: person_id of the event, or of the client whom it is (client_links)
-- column kind varchar not null: visit, order, upsell or referral
-- column happened_on date not null: business day
-- column journey_id varchar: journey it belongs to, see acts; null for a referral
-- column order_id varchar: the order, or that an upsell belongs to
-- column store varchar: as recorded, else of the order it belongs to; of the lead for a referral
-- column amount decimal(18,2): amount signed or upsold; null for a visit or referral
with visits_of_orders as (
  select
    row_no(v.batch_id, v.line) * 16 + 2 as act_no, 'visit' as kind, day_of(v.visited_at) as happened_on, coalesce(v.customer_id, l.customer_id) as customer_id,
    coalesce('L:' || v.lead_id, a.journey_id) as journey_id, 'E:visits:' || v.visit_id as event_person_id, null::varchar as order_id,
    coalesce(v.store, a.store) as store, null::decimal(18,2) as amount
  from exports.visits v
  left join acts a on a.kind = 'order' and a.act_id = case when v.lead_id is null then v.order_id end
  left join exports.leads l on l.lead_id = v.lead_id and day_of(l.created_at) <= l.imported_on
  where v.purpose is distinct from 'consult' and day_of(v.visited_at) <= v.imported_on
),
upsells as (
  select
    row_no(u.batch_id, u.line) * 16 + 6 as act_no, 'upsell' as kind, day_of(u.sold_at) as happened_on, null::varchar as customer_id,
    a.journey_id as journey_id, 'E:upsells:' || u.upsell_id as event_person_id, u.order_id as order_id, a.store as store, u.amount as amount
  from exports.upsells u
  left join acts a on a.kind = 'order' and a.act_id = u.order_id
  where coalesce(u.outcome, 'sold') = 'sold' and day_of(u.sold_at) <= u.imported_on
),
facts as (
  select
    a.row_no * 16 + a.step_no - 1 as act_no, a.kind as kind, a.happened_on as happened_on, a.customer_id as customer_id,
    a.journey_id as journey_id, null::varchar as event_person_id, case when a.kind = 'order' then a.act_id end as order_id,
    a.store as store, case when a.kind = 'order' then a.signed end as amount
  from acts a
  union all
  select v.act_no, v.kind, v.happened_on, v.customer_id, v.journey_id, v.event_person_id, v.order_id, v.store, v.amount
  from visits_of_orders v
  union all
  select u.act_no, u.kind, u.happened_on, u.customer_id, u.journey_id, u.event_person_id, u.order_id, u.store, u.amount
  from upsells u
  union all
  select
    row_no(l.batch_id, l.line) * 16 + 8 as act_no, 'referral' as kind, day_of(l.created_at) as happened_on,
    l.referrer_customer_id as customer_id, null::varchar as journey_id, null::varchar as event_person_id, null::varchar as order_id,
    l.store as store, null::decimal(18,2) as amount
  from exports.leads l
  where l.referrer_customer_id is not null and day_of(l.created_at) <= l.imported_on
),
of_persons as (
  select f.*, coalesce('C:' || coalesce(f.customer_id, p.customer_id), f.journey_id, f.event_person_id) as person_id
  from facts f
  left join paths p on p.journey_id = case when f.customer_id is null then f.journey_id end
),
of_clients as materialized (
  select o.*, coalesce(k.client_id, o.person_id) as client_id
  from of_persons o
  left join client_links k on k.person_id = o.person_id
),
numbered as (
  select c.client_id as client_id, min(c.act_no) as client_no
  from of_clients c
  group by c.client_id
)
select
  n.client_no::bigint as client_no,
  c.act_no::bigint as act_no,
  c.client_id::varchar as client_id,
  c.kind::varchar as kind,
  c.happened_on::date as happened_on,
  c.journey_id::varchar as journey_id,
  c.order_id::varchar as order_id,
  c.store::varchar as store,
  c.amount::decimal(18,2) as amount
from of_clients c
join numbered n on n.client_id = c.client_id
