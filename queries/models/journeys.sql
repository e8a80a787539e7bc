-- Journeys: what the funnel counts, one person's way from lead to referral.
-- One per lead_id, and one unannounced journey per customer (else per visit or order) whose first visit or order has
-- no lead. A lead_id that only visits or orders name is an unannounced journey too. Segment values come from the
-- first fact that has one: the lead, then visits and orders by time. A NAME_step is 2 when that fact began the
-- journey, else the step of the later fact: rates from earlier steps must not use it (known after the fact).
-- grain: journey_id
-- column journey_id varchar not null: see acts
-- column kind varchar not null: lead or unannounced
-- column customer_id varchar: of the lead, else of its first act that has one
-- column referrer_customer_id varchar: whose card brought this lead
-- column began_at timestamp not null: lead created, else first visit or order
-- column began_on date not null: business day of began_at
-- column visited_on date: business day of the first consultation visit
-- column active_at timestamp: Q3, first visit or order, whichever came first
-- column active_on date: business day of active_at
-- column bought_at timestamp: Q4, first order
-- column bought_on date: business day of bought_at
-- column order_id varchar: the first order
-- column bought_again_at timestamp: Q5, the same customer's next order after this journey's first
-- column bought_again_on date: business day of bought_again_at
-- column brought_friend_at timestamp: Q6, first referred order at or after this journey's first order
-- column brought_friend_on date: business day of brought_friend_at
-- column lost_on date: business day the lead was given up
-- column cancelled_on date: business day the first order was cancelled as a whole
-- column returning boolean not null: the customer has an earlier journey
-- column store varchar: segment
-- column channel varchar: segment
-- column campaign varchar: segment, campaign_id of the lead
-- column staff varchar: segment, first person on any fact
-- column inviter varchar: segment, staff_id of the lead
-- column seller varchar: segment, first staff_id of a visit or order
-- column city varchar: segment
-- column district varchar: segment
-- column age_group varchar: segment
-- column budget varchar: segment
-- column reason varchar: segment, first reason of no sale
-- column tactic varchar: segment, first closing tactic
-- column package varchar: segment, first package
-- column lead_extra varchar: JSON object of the lead's unknown columns
-- column visit_extra varchar: JSON object of unknown columns, of the first visit that has one
-- column order_extra varchar: JSON object of unknown columns, of the first order that has one
-- column store_step bigint: step of the fact that gave store
-- column staff_step bigint: step of the fact that gave staff
-- column seller_step bigint: step of the fact that gave seller
-- column reason_step bigint: step of the fact that gave reason
-- column tactic_step bigint: step of the fact that gave tactic
-- column package_step bigint: step of the fact that gave package
-- column visit_step bigint: step of the fact that gave visit_extra
-- column order_step bigint: step of the fact that gave order_extra
with leads as (
  select
    l.lead_id as lead_id,
    l.created_at as began_at,
    l.customer_id as customer_id,
    l.referrer_customer_id as referrer_customer_id,
    l.channel as channel,
    l.campaign_id as campaign,
    l.store as store,
    l.staff_id as inviter,
    l.city as city,
    l.district as district,
    l.age_group as age_group,
    l.budget::varchar as budget,
    day_of(l.lost_at) as lost_on,
    l.extra as extra
  from exports.leads l
  where day_of(l.created_at) <= l.imported_on
),
dated_acts as (
  select
    a.*,
    case when a.act_no = 1 and l.lead_id is null then 2 else a.step_no end as known_step
  from acts a
  left join leads l on l.lead_id = a.journey_lead_id
),
acts_of_journeys as materialized (
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
beginnings as (
  select
    'L:' || l.lead_id as journey_id,
    'lead' as kind,
    l.lead_id as lead_id,
    l.began_at as began_at,
    l.customer_id as customer_id,
    l.referrer_customer_id as referrer_customer_id,
    l.lost_on as lost_on,
    l.channel as channel,
    l.campaign as campaign,
    l.store as store,
    l.inviter as inviter,
    l.city as city,
    l.district as district,
    l.age_group as age_group,
    l.budget as budget,
    l.extra as lead_extra
  from leads l
  union all
  select
    s.journey_id as journey_id,
    'unannounced' as kind,
    null::varchar as lead_id,
    s.first_at as began_at,
    null::varchar as customer_id,
    null::varchar as referrer_customer_id,
    null::date as lost_on,
    null::varchar as channel,
    null::varchar as campaign,
    null::varchar as store,
    null::varchar as inviter,
    null::varchar as city,
    null::varchar as district,
    null::varchar as age_group,
    null::varchar as budget,
    null::varchar as lead_extra
  from acts_of_journeys s
  anti join leads l on l.lead_id = s.lead_id
),
started as materialized (
  select
    b.journey_id as journey_id,
    b.kind as kind,
    b.began_at as began_at,
    coalesce(b.customer_id, s.customer_id) as customer_id,
    b.referrer_customer_id as referrer_customer_id,
    b.lost_on as lost_on,
    b.channel as channel,
    b.campaign as campaign,
    b.inviter as inviter,
    b.city as city,
    b.district as district,
    b.age_group as age_group,
    b.budget as budget,
    b.lead_extra as lead_extra,
    coalesce(b.store, s.store) as store,
    case when b.store is not null then 2 else s.store_step end as store_step,
    coalesce(b.inviter, s.seller) as staff,
    case when b.inviter is not null then 2 else s.seller_step end as staff_step,
    s.seller as seller,
    s.seller_step as seller_step,
    s.reason as reason,
    s.reason_step as reason_step,
    s.tactic as tactic,
    s.tactic_step as tactic_step,
    s.package as package,
    s.package_step as package_step,
    s.visit_extra as visit_extra,
    s.visit_step as visit_step,
    s.order_extra as order_extra,
    s.order_step as order_step,
    s.visited_at as visited_at,
    s.bought_at as bought_at,
    s.order_id as order_id,
    s.cancelled_on as cancelled_on
  from beginnings b
  left join acts_of_journeys s on s.journey_id = b.journey_id
),
orders_of_parties as (
  select
    a.act_id as order_id,
    a.happened_at as ordered_at,
    coalesce(a.customer_id, j.customer_id, j.journey_id) as party
  from acts a
  join started j on j.journey_id = a.journey_id
  where a.kind = 'order'
),
next_orders as (
  select
    o.order_id as order_id,
    o.party as party,
    lead(maybe(o.ordered_at)) over (partition by o.party order by o.ordered_at, o.order_id) as next_at
  from orders_of_parties o
),
referred as (
  select j.referrer_customer_id as referrer, j.customer_id as customer_id, j.bought_at as bought_at
  from started j
  where j.referrer_customer_id is not null and j.bought_at is not null
),
brought_friends as (
  select j.journey_id as journey_id, min(r.bought_at) as brought_at
  from started j
  join referred r on r.referrer = j.customer_id
  where r.customer_id is distinct from r.referrer and r.bought_at >= j.bought_at
  group by j.journey_id
),
repeated_customers as (
  select j.customer_id as customer_id
  from started j
  where j.customer_id is not null
  group by j.customer_id
  having count(*) > 1
),
earlier_journeys as (
  select
    j.journey_id as journey_id,
    row_number() over (partition by j.customer_id order by j.began_at, j.journey_id)::bigint as place
  from started j
  semi join repeated_customers r on r.customer_id = j.customer_id
)
select
  j.journey_id::varchar as journey_id,
  j.kind::varchar as kind,
  j.customer_id::varchar as customer_id,
  j.referrer_customer_id::varchar as referrer_customer_id,
  j.began_at::timestamp as began_at,
  day_of(j.began_at) as began_on,
  day_of(j.visited_at) as visited_on,
  least(j.visited_at, j.bought_at)::timestamp as active_at,
  day_of(least(j.visited_at, j.bought_at)) as active_on,
  j.bought_at::timestamp as bought_at,
  day_of(j.bought_at) as bought_on,
  j.order_id::varchar as order_id,
  n.next_at::timestamp as bought_again_at,
  day_of(n.next_at) as bought_again_on,
  b.brought_at::timestamp as brought_friend_at,
  day_of(b.brought_at) as brought_friend_on,
  j.lost_on::date as lost_on,
  j.cancelled_on::date as cancelled_on,
  coalesce(e.place > 1, false)::boolean as returning,
  j.store::varchar as store,
  j.channel::varchar as channel,
  j.campaign::varchar as campaign,
  j.staff::varchar as staff,
  j.inviter::varchar as inviter,
  j.seller::varchar as seller,
  j.city::varchar as city,
  j.district::varchar as district,
  j.age_group::varchar as age_group,
  j.budget::varchar as budget,
  j.reason::varchar as reason,
  j.tactic::varchar as tactic,
  j.package::varchar as package,
  j.lead_extra::varchar as lead_extra,
  j.visit_extra::varchar as visit_extra,
  j.order_extra::varchar as order_extra,
  j.store_step::bigint as store_step,
  j.staff_step::bigint as staff_step,
  j.seller_step::bigint as seller_step,
  j.reason_step::bigint as reason_step,
  j.tactic_step::bigint as tactic_step,
  j.package_step::bigint as package_step,
  j.visit_step::bigint as visit_step,
  j.order_step::bigint as order_step
from started j
left join next_orders n on n.order_id = j.order_id
left join brought_friends b on b.journey_id = j.journey_id
left join earlier_journeys e on e.journey_id = j.journey_id
