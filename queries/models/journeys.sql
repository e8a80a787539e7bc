-- Journeys: what the funnel counts, one person's way from lead to referral.
-- One per lead_id, and one unannounced journey per customer (else per visit or order) whose first visit or order has
-- no lead. A lead_id that only visits or orders name is an unannounced journey too. Segment values come from the
-- first fact that has one: the lead, then visits and orders by time. A NAME_step is 2 when that fact began the
-- journey, else the step of the later fact: rates from earlier steps must not use it (known after the fact).
-- built: by size
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
select
  j.journey_id as journey_id,
  j.kind as kind,
  j.customer_id as customer_id,
  j.referrer_customer_id as referrer_customer_id,
  j.began_at as began_at,
  j.began_on as began_on,
  j.visited_on as visited_on,
  j.active_at as active_at,
  j.active_on as active_on,
  j.bought_at as bought_at,
  j.bought_on as bought_on,
  j.order_id as order_id,
  j.bought_again_at as bought_again_at,
  j.bought_again_on as bought_again_on,
  j.brought_friend_at as brought_friend_at,
  j.brought_friend_on as brought_friend_on,
  j.lost_on as lost_on,
  j.cancelled_on as cancelled_on,
  (e.journey_id is not null)::boolean as returning,
  j.store as store,
  j.channel as channel,
  j.campaign as campaign,
  j.staff as staff,
  j.inviter as inviter,
  j.seller as seller,
  j.city as city,
  j.district as district,
  j.age_group as age_group,
  j.budget as budget,
  j.reason as reason,
  j.tactic as tactic,
  j.package as package,
  j.lead_extra as lead_extra,
  j.visit_extra as visit_extra,
  j.order_extra as order_extra,
  j.store_step as store_step,
  j.staff_step as staff_step,
  j.seller_step as seller_step,
  j.reason_step as reason_step,
  j.tactic_step as tactic_step,
  j.package_step as package_step,
  j.visit_step as visit_step,
  j.order_step as order_step
from begun_journeys j
left join later_journeys e on e.journey_id = j.journey_id
