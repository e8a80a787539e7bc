-- What began each journey and what its acts gave it: journeys without what others of the same customer say of them.
-- Of many leads most never go on: then storing them a second time would cost more than joining what their paths add.
-- built: view
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
with announced as (
  select
    'L:' || l.lead_id as journey_id,
    'lead' as kind,
    coalesce(l.customer_id, p.customer_id) as customer_id,
    l.referrer_customer_id as referrer_customer_id,
    l.created_at as began_at,
    day_of(l.lost_at) as lost_on,
    l.channel as channel,
    l.campaign_id as campaign,
    l.staff_id as inviter,
    l.city as city,
    l.district as district,
    l.age_group as age_group,
    l.budget::varchar as budget,
    l.extra as lead_extra,
    coalesce(p.store, l.store) as store,
    coalesce(p.store_step, case when l.store is not null then 2 end) as store_step,
    coalesce(l.staff_id, p.seller) as staff,
    case when l.staff_id is not null then 2 else p.seller_step end as staff_step,
    p.visited_at as visited_at,
    p.bought_at as bought_at,
    p.order_id as order_id,
    p.cancelled_on as cancelled_on,
    p.bought_again_at as bought_again_at,
    p.brought_friend_at as brought_friend_at,
    p.seller as seller,
    p.seller_step as seller_step,
    p.reason as reason,
    p.reason_step as reason_step,
    p.tactic as tactic,
    p.tactic_step as tactic_step,
    p.package as package,
    p.package_step as package_step,
    p.visit_extra as visit_extra,
    p.visit_step as visit_step,
    p.order_extra as order_extra,
    p.order_step as order_step
  from exports.leads l
  left join paths p on p.lead_id = l.lead_id
  where day_of(l.created_at) <= l.imported_on
),
unannounced as (
  select
    p.journey_id as journey_id,
    'unannounced' as kind,
    p.customer_id as customer_id,
    null::varchar as referrer_customer_id,
    p.began_at as began_at,
    null::date as lost_on,
    null::varchar as channel,
    null::varchar as campaign,
    null::varchar as inviter,
    null::varchar as city,
    null::varchar as district,
    null::varchar as age_group,
    null::varchar as budget,
    null::varchar as lead_extra,
    p.store as store,
    p.store_step as store_step,
    p.seller as staff,
    p.seller_step as staff_step,
    p.visited_at as visited_at,
    p.bought_at as bought_at,
    p.order_id as order_id,
    p.cancelled_on as cancelled_on,
    p.bought_again_at as bought_again_at,
    p.brought_friend_at as brought_friend_at,
    p.seller as seller,
    p.seller_step as seller_step,
    p.reason as reason,
    p.reason_step as reason_step,
    p.tactic as tactic,
    p.tactic_step as tactic_step,
    p.package as package,
    p.package_step as package_step,
    p.visit_extra as visit_extra,
    p.visit_step as visit_step,
    p.order_extra as order_extra,
    p.order_step as order_step
  from paths p
  where not p.announced
),
begun as (
  select * from announced
  union all
  select * from unannounced
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
  j.bought_again_at::timestamp as bought_again_at,
  day_of(j.bought_again_at) as bought_again_on,
  j.brought_friend_at::timestamp as brought_friend_at,
  day_of(j.brought_friend_at) as brought_friend_on,
  j.lost_on::date as lost_on,
  j.cancelled_on::date as cancelled_on,
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
from begun j
