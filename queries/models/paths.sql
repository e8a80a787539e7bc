-- What happened on the journeys that have a visit or an order: first times, repeat orders, friends brought.
-- grain: journey_id
-- column journey_id varchar not null: see acts
-- column lead_id varchar: the lead_id of an L: journey, whether or not there is a lead row
-- column announced boolean not null: there is a lead row
-- column began_at timestamp not null: lead created, else first visit or order
-- column customer_id varchar: of the lead, else of the first act that has one
-- column visited_at timestamp: first consultation visit
-- column bought_at timestamp: first order
-- column order_id varchar: the first order
-- column cancelled_on date: business day the first order was cancelled as a whole
-- column bought_again_at timestamp: Q5, the same customer's next order after this journey's first
-- column brought_friend_at timestamp: Q6, first referred order at or after this journey's first order
-- column store varchar: of the lead, else first store of an act
-- column channel varchar: of the lead
-- column seller varchar: first staff_id of an act
-- column reason varchar: first reason of no sale
-- column tactic varchar: first closing tactic
-- column package varchar: first package
-- column visit_extra varchar: JSON object of unknown columns, of the first visit that has one
-- column order_extra varchar: JSON object of unknown columns, of the first order that has one
-- column store_step bigint: step of the fact that gave store; 2 when it began the journey
-- column seller_step bigint: likewise for seller
-- column reason_step bigint: likewise for reason
-- column tactic_step bigint: likewise for tactic
-- column package_step bigint: likewise for package
-- column visit_step bigint: likewise for visit_extra
-- column order_step bigint: likewise for order_extra
with leads as (
  select
    l.lead_id as lead_id,
    l.created_at as created_at,
    l.store as store,
    l.channel as channel,
    l.customer_id as customer_id,
    l.referrer_customer_id as referrer_customer_id
  from exports.leads l
  where day_of(l.created_at) <= l.imported_on
),
leads_with_acts as materialized (
  select l.*
  from leads l
  semi join acts a on a.journey_lead_id = l.lead_id
),
dated_acts as (
  select
    a.*,
    case when a.act_no = 1 and l.lead_id is null then 2 else a.step_no end as known_step
  from acts a
  left join leads_with_acts l on l.lead_id = a.journey_lead_id
),
acts_of_journeys as (
  select
    a.journey_id as journey_id,
    min(a.journey_lead_id) as lead_id,
    min(a.happened_at) as first_at,
    argMin(a.customer_id, a.act_no) as customer_id,
    min(case when a.kind = 'visit' then a.happened_at end) as visited_at,
    min(case when a.kind = 'order' then a.happened_at end) as bought_at,
    argMin(case when a.kind = 'order' then a.act_id end, a.act_no) as order_id,
    nullif(
      argMin(case when a.kind = 'order' then coalesce(case when a.cancelled then a.taken_back_on end, date '2200-01-01') end, a.act_no),
      date '2200-01-01'
    ) as cancelled_on,
    argMin(a.store, a.act_no) as store,
    argMin(a.staff_id, a.act_no) as seller,
    argMin(a.reason, a.act_no) as reason,
    argMin(a.tactic, a.act_no) as tactic,
    argMin(a.package, a.act_no) as package,
    argMin(case when a.kind = 'visit' then a.extra end, a.act_no) as visit_extra,
    argMin(case when a.kind = 'order' then a.extra end, a.act_no) as order_extra,
    argMin(case when a.store is not null then a.known_step end, a.act_no) as store_step,
    argMin(case when a.staff_id is not null then a.known_step end, a.act_no) as seller_step,
    argMin(case when a.reason is not null then a.known_step end, a.act_no) as reason_step,
    argMin(case when a.tactic is not null then a.known_step end, a.act_no) as tactic_step,
    argMin(case when a.package is not null then a.known_step end, a.act_no) as package_step,
    argMin(case when a.kind = 'visit' and a.extra is not null then a.known_step end, a.act_no) as visit_step,
    argMin(case when a.kind = 'order' and a.extra is not null then a.known_step end, a.act_no) as order_step
  from dated_acts a
  group by a.journey_id
),
started as materialized (
  select
    s.*,
    coalesce(l.created_at, s.first_at) as began_at,
    coalesce(l.store, s.store) as journey_store,
    case when l.store is not null then 2 else s.store_step end as journey_store_step,
    coalesce(l.customer_id, s.customer_id) as party_customer_id,
    l.channel as channel,
    l.referrer_customer_id as referrer_customer_id,
    (l.lead_id is not null)::boolean as announced
  from acts_of_journeys s
  left join leads_with_acts l on l.lead_id = s.lead_id
),
orders_of_parties as (
  select
    a.act_id as order_id,
    a.happened_at as ordered_at,
    coalesce(a.customer_id, j.party_customer_id, j.journey_id) as party
  from acts a
  join started j on j.journey_id = a.journey_id
  where a.kind = 'order'
),
next_orders as (
  select
    o.order_id as order_id,
    lead(maybe(o.ordered_at)) over (partition by o.party order by o.ordered_at, o.order_id) as next_at
  from orders_of_parties o
),
referred as (
  select j.referrer_customer_id as referrer, j.party_customer_id as customer_id, j.bought_at as bought_at
  from started j
  where j.referrer_customer_id is not null and j.bought_at is not null
),
brought_friends as (
  select j.journey_id as journey_id, min(r.bought_at) as brought_at
  from started j
  join referred r on r.referrer = j.party_customer_id
  where r.customer_id is distinct from r.referrer and r.bought_at >= j.bought_at
  group by j.journey_id
)
select
  j.journey_id::varchar as journey_id,
  j.lead_id::varchar as lead_id,
  j.announced::boolean as announced,
  j.began_at::timestamp as began_at,
  j.party_customer_id::varchar as customer_id,
  j.visited_at::timestamp as visited_at,
  j.bought_at::timestamp as bought_at,
  j.order_id::varchar as order_id,
  j.cancelled_on::date as cancelled_on,
  n.next_at::timestamp as bought_again_at,
  b.brought_at::timestamp as brought_friend_at,
  j.journey_store::varchar as store,
  j.channel::varchar as channel,
  j.seller::varchar as seller,
  j.reason::varchar as reason,
  j.tactic::varchar as tactic,
  j.package::varchar as package,
  j.visit_extra::varchar as visit_extra,
  j.order_extra::varchar as order_extra,
  j.journey_store_step::bigint as store_step,
  j.seller_step::bigint as seller_step,
  j.reason_step::bigint as reason_step,
  j.tactic_step::bigint as tactic_step,
  j.package_step::bigint as package_step,
  j.visit_step::bigint as visit_step,
  j.order_step::bigint as order_step
from started j
left join next_orders n on n.order_id = j.order_id
left join brought_friends b on b.journey_id = j.journey_id
