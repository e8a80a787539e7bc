-- Events: every dated fact as one row, whichever list recorded it, so that anything can be a step of a funnel.
-- A person is the customer that the fact names, else the customer of its journey, else the journey itself; whoever the list
-- `events` calls person_id is a customer, unless one of these events names a lead too: then that lead's person. Journeys
-- are those of acts; a fact that names only a customer belongs to the person and to no journey. Rows dated after the day of
-- their import are impossible and left out.
-- built: view
-- grain: event_id
-- column event_id varchar not null: list and key of the row that says so
-- column event_no bigint not null: its number: batch and line of that row, and which kind of fact
-- column kind varchar not null: lead, lost, visit, order, cancellation, payment, upsell, followup, referral (a lead that the person's card brought), survey, complaint, appointment, card, reward, else as the list events says; its * is written ＊, since * asks for any
-- column happened_at timestamp not null: wall clock of the firm; a cancellation at midnight of its day
-- column person_id varchar not null: C:customer_id, P:person_id, or the journey
-- column journey_id varchar: see acts
-- column order_id varchar: the order it belongs to
-- column store varchar: as recorded, else of the order or visit it belongs to
-- column staff_id varchar: who did it
-- column channel varchar: of a lead
-- column campaign varchar: of a lead
-- column type varchar: purpose of a visit or appointment, cancelled or refunded, kind of a payment or follow-up, touchpoint of an upsell, dimension of a survey, topic of a complaint, level of a card
-- column outcome varchar: of a visit or upsell, result of a follow-up, score of a survey, status of an appointment, reason of a loss
-- column item varchar: package of an order, item type of an upsell
-- column amount decimal(18,2): money it brought; negative for what was given back
-- column attributes varchar: JSON object of what the list events says of it
-- column extra varchar: JSON object of unknown columns
with persons_of_events as (
  select e.person_id as person_id, argMin(e.lead_id, e.happened_at) as lead_id
  from exports.events e
  where e.person_id is not null and e.lead_id is not null
  group by e.person_id
),
leads_of_visits as ( -- of the few that are no consultations, whose own act knows the customer
  select v.visit_id as visit_id, l.customer_id as customer_id
  from exports.visits v
  join exports.leads l on l.lead_id = v.lead_id
  where v.purpose is distinct from 'consult' and day_of(l.created_at) <= l.imported_on
),
facts_of_acts as (
  select
    'visits:' as list_name, v.visit_id as record_id, row_no(v.batch_id, v.line) * 16 + 2 as event_no, 'visit' as kind, v.visited_at as happened_at, v.imported_on as imported_on,
    v.lead_id as lead_id, case when v.purpose = 'consult' then 'visit' else 'order' end as act_kind,
    case when v.lead_id is null then case when v.purpose = 'consult' then v.visit_id else v.order_id end end as act_id,
    coalesce(v.customer_id, l.customer_id) as customer_id,
    'L:' || v.lead_id as journey_id, v.order_id as order_id, v.store as store, v.staff_id as staff_id,
    null::varchar as channel, null::varchar as campaign, v.purpose as type, v.outcome as outcome,
    null::varchar as item, null::decimal(18,2) as amount, null::varchar as attributes, v.extra as extra
  from exports.visits v
  left join leads_of_visits l on l.visit_id = v.visit_id
  union all
  select
    'payments:' as list_name, p.payment_id as record_id, row_no(p.batch_id, p.line) * 16 + 5 as event_no, 'payment' as kind, p.paid_at as happened_at, p.imported_on as imported_on,
    null::varchar as lead_id, 'order' as act_kind, p.order_id as act_id, null::varchar as customer_id,
    null::varchar as journey_id, p.order_id as order_id, null::varchar as store, null::varchar as staff_id,
    null::varchar as channel, null::varchar as campaign, p.kind as type, null::varchar as outcome,
    null::varchar as item, case when p.kind = 'refund' then -abs(p.amount) else p.amount end as amount,
    null::varchar as attributes, p.extra as extra
  from exports.payments p
  union all
  select
    'upsells:' as list_name, u.upsell_id as record_id, row_no(u.batch_id, u.line) * 16 + 6 as event_no, 'upsell' as kind, u.sold_at as happened_at, u.imported_on as imported_on,
    null::varchar as lead_id, 'order' as act_kind, u.order_id as act_id, null::varchar as customer_id,
    null::varchar as journey_id, u.order_id as order_id, null::varchar as store, u.staff_id as staff_id,
    null::varchar as channel, null::varchar as campaign, u.touchpoint as type, coalesce(u.outcome, 'sold') as outcome,
    u.item_type as item, case when coalesce(u.outcome, 'sold') = 'sold' then u.amount end as amount,
    null::varchar as attributes, u.extra as extra
  from exports.upsells u
  union all
  select
    'followups:' as list_name, f.followup_id as record_id, row_no(f.batch_id, f.line) * 16 + 7 as event_no, 'followup' as kind, f.done_at as happened_at,
    f.imported_on as imported_on, f.lead_id as lead_id,
    case when f.order_id is not null then 'order' else 'visit' end as act_kind,
    coalesce(f.order_id, f.visit_id) as act_id, l.customer_id as customer_id, 'L:' || f.lead_id as journey_id,
    f.order_id as order_id, null::varchar as store, f.staff_id as staff_id, null::varchar as channel,
    null::varchar as campaign, f.kind as type, f.result as outcome, null::varchar as item,
    null::decimal(18,2) as amount, null::varchar as attributes, f.extra as extra
  from exports.followups f
  left join exports.leads l on l.lead_id = f.lead_id
  union all
  select
    'surveys:' as list_name, s.survey_id as record_id, row_no(s.batch_id, s.line) * 16 + 9 as event_no, 'survey' as kind, s.answered_at as happened_at,
    s.imported_on as imported_on, null::varchar as lead_id, 'order' as act_kind, s.order_id as act_id,
    null::varchar as customer_id, null::varchar as journey_id, s.order_id as order_id, null::varchar as store,
    null::varchar as staff_id, null::varchar as channel, null::varchar as campaign, s.dimension as type,
    s.score::varchar as outcome, null::varchar as item, null::decimal(18,2) as amount, null::varchar as attributes, s.extra as extra
  from exports.surveys s
  union all
  select
    'complaints:' as list_name, c.complaint_id as record_id, row_no(c.batch_id, c.line) * 16 + 10 as event_no, 'complaint' as kind, c.logged_at as happened_at,
    c.imported_on as imported_on, null::varchar as lead_id, 'order' as act_kind, c.order_id as act_id,
    null::varchar as customer_id, null::varchar as journey_id, c.order_id as order_id, null::varchar as store,
    c.staff_id as staff_id, null::varchar as channel, null::varchar as campaign, c.topic as type,
    null::varchar as outcome, null::varchar as item, null::decimal(18,2) as amount, null::varchar as attributes, c.extra as extra
  from exports.complaints c
  union all
  select
    'appointments:' as list_name, a.appointment_id as record_id, row_no(a.batch_id, a.line) * 16 + 11 as event_no, 'appointment' as kind, a.for_at as happened_at,
    a.imported_on as imported_on, a.lead_id as lead_id, 'order' as act_kind, a.order_id as act_id,
    coalesce(a.customer_id, l.customer_id) as customer_id, 'L:' || a.lead_id as journey_id, a.order_id as order_id,
    a.store as store, null::varchar as staff_id, null::varchar as channel, null::varchar as campaign,
    a.purpose as type, a.status as outcome, null::varchar as item, null::decimal(18,2) as amount,
    null::varchar as attributes, a.extra as extra
  from exports.appointments a
  left join exports.leads l on l.lead_id = a.lead_id
),
facts_alone as (
  select
    'leads:' as list_name, l.lead_id as record_id, row_no(l.batch_id, l.line) * 16 as event_no, 'lead' as kind, l.created_at as happened_at, l.imported_on as imported_on,
    l.lead_id as lead_id, l.customer_id as customer_id,
    'L:' || l.lead_id as journey_id, null::varchar as order_id, l.store as store, l.staff_id as staff_id,
    l.channel as channel, l.campaign_id as campaign, null::varchar as type, null::varchar as outcome,
    null::varchar as item, null::decimal(18,2) as amount, null::varchar as attributes, l.extra as extra
  from exports.leads l
  union all
  select
    'lost:' as list_name, l.lead_id as record_id, row_no(l.batch_id, l.line) * 16 + 1 as event_no, 'lost' as kind, l.lost_at as happened_at, l.imported_on as imported_on,
    l.lead_id as lead_id, l.customer_id as customer_id,
    'L:' || l.lead_id as journey_id, null::varchar as order_id, l.store as store, l.staff_id as staff_id,
    l.channel as channel, l.campaign_id as campaign, null::varchar as type, l.lost_reason as outcome,
    null::varchar as item, null::decimal(18,2) as amount, null::varchar as attributes, l.extra as extra
  from exports.leads l
  where l.lost_at is not null
  union all
  select
    'orders:' as list_name, a.act_id as record_id, a.row_no * 16 + 3 as event_no, 'order' as kind, a.happened_at as happened_at, a.happened_on as imported_on,
    a.journey_lead_id as lead_id, a.customer_id as customer_id,
    a.journey_id as journey_id, a.act_id as order_id, a.store as store, a.staff_id as staff_id,
    null::varchar as channel, null::varchar as campaign, null::varchar as type, null::varchar as outcome,
    a.package as item, a.signed as amount, null::varchar as attributes, a.extra as extra
  from acts a
  where a.kind = 'order'
  union all
  select
    'cancellations:' as list_name, a.act_id as record_id, a.row_no * 16 + 4 as event_no, 'cancellation' as kind, a.taken_back_on::timestamp as happened_at,
    a.taken_back_on as imported_on, a.journey_lead_id as lead_id,
    a.customer_id as customer_id, a.journey_id as journey_id, a.act_id as order_id, a.store as store,
    a.staff_id as staff_id, null::varchar as channel, null::varchar as campaign,
    case when a.cancelled then 'cancelled' else 'refunded' end as type, null::varchar as outcome,
    a.package as item, -a.taken_back as amount, null::varchar as attributes, a.extra as extra
  from acts a
  where a.taken_back_on is not null
  union all
  select
    'referrals:' as list_name, l.lead_id as record_id, row_no(l.batch_id, l.line) * 16 + 8 as event_no, 'referral' as kind, l.created_at as happened_at,
    l.imported_on as imported_on, null::varchar as lead_id,
    l.referrer_customer_id as customer_id, null::varchar as journey_id, null::varchar as order_id, l.store as store,
    l.staff_id as staff_id, l.channel as channel, l.campaign_id as campaign, null::varchar as type,
    null::varchar as outcome, null::varchar as item, null::decimal(18,2) as amount, null::varchar as attributes, l.extra as extra
  from exports.leads l
  where l.referrer_customer_id is not null
  union all
  select
    'cards:' as list_name, c.card_no as record_id, row_no(c.batch_id, c.line) * 16 + 12 as event_no, 'card' as kind, c.issued_at as happened_at, c.imported_on as imported_on,
    null::varchar as lead_id, c.customer_id as customer_id,
    null::varchar as journey_id, null::varchar as order_id, null::varchar as store, c.staff_id as staff_id,
    null::varchar as channel, null::varchar as campaign, c.level as type, null::varchar as outcome,
    null::varchar as item, null::decimal(18,2) as amount, null::varchar as attributes, c.extra as extra
  from exports.cards c
  union all
  select
    'rewards:' as list_name, r.reward_id as record_id, row_no(r.batch_id, r.line) * 16 + 13 as event_no, 'reward' as kind, r.given_at as happened_at, r.imported_on as imported_on,
    null::varchar as lead_id,
    r.referrer_customer_id as customer_id, null::varchar as journey_id, r.order_id as order_id,
    null::varchar as store, null::varchar as staff_id, null::varchar as channel, null::varchar as campaign,
    null::varchar as type, null::varchar as outcome, null::varchar as item, -r.amount as amount, null::varchar as attributes, r.extra as extra
  from exports.referral_rewards r
  union all
  select
    'events:' as list_name, e.event_id as record_id, row_no(e.batch_id, e.line) * 16 + 14 as event_no,
    case when e.kind = '*' then '＊' else e.kind end as kind, e.happened_at as happened_at, e.imported_on as imported_on,
    coalesce(e.lead_id, s.lead_id) as lead_id,
    case when coalesce(e.lead_id, s.lead_id) is null then e.person_id else l.customer_id end as customer_id,
    'L:' || e.lead_id as journey_id, null::varchar as order_id, null::varchar as store, null::varchar as staff_id,
    null::varchar as channel, null::varchar as campaign, null::varchar as type, null::varchar as outcome,
    null::varchar as item, null::decimal(18,2) as amount, object_of(e.attributes) as attributes, e.extra as extra
  from exports.events e
  left join persons_of_events s on s.person_id = e.person_id
  left join exports.leads l on l.lead_id = coalesce(e.lead_id, s.lead_id)
),
placed as (
  select
    f.list_name as list_name, f.record_id as record_id, f.event_no as event_no, f.kind as kind,
    f.happened_at as happened_at, f.customer_id as customer_id, f.order_id as order_id, f.staff_id as staff_id,
    f.channel as channel, f.campaign as campaign, f.type as type, f.outcome as outcome, f.item as item,
    f.amount as amount, f.attributes as attributes, f.extra as extra,
    coalesce(f.journey_id, a.journey_id) as placed_journey_id,
    coalesce(f.journey_id, a.journey_id, 'L:' || f.lead_id) as party_journey_id,
    coalesce(f.store, a.store) as placed_store
  from facts_of_acts f
  left join acts a on a.kind = f.act_kind and a.act_id = f.act_id
  where day_of(f.happened_at) <= f.imported_on
  union all
  select
    f.list_name as list_name, f.record_id as record_id, f.event_no as event_no, f.kind as kind,
    f.happened_at as happened_at, f.customer_id as customer_id, f.order_id as order_id, f.staff_id as staff_id,
    f.channel as channel, f.campaign as campaign, f.type as type, f.outcome as outcome, f.item as item,
    f.amount as amount, f.attributes as attributes, f.extra as extra,
    f.journey_id as placed_journey_id,
    coalesce(f.journey_id, 'L:' || f.lead_id) as party_journey_id,
    f.store as placed_store
  from facts_alone f
  where day_of(f.happened_at) <= f.imported_on
)
select
  (f.list_name || f.record_id)::varchar as event_id,
  f.event_no::bigint as event_no,
  f.kind::varchar as kind,
  f.happened_at::timestamp as happened_at,
  coalesce('C:' || coalesce(f.customer_id, p.customer_id), f.party_journey_id, 'E:' || f.list_name || f.record_id)::varchar as person_id,
  f.placed_journey_id::varchar as journey_id,
  f.order_id::varchar as order_id,
  f.placed_store::varchar as store,
  f.staff_id::varchar as staff_id,
  f.channel::varchar as channel,
  f.campaign::varchar as campaign,
  f.type::varchar as type,
  f.outcome::varchar as outcome,
  f.item::varchar as item,
  f.amount::decimal(18,2) as amount,
  f.attributes::varchar as attributes,
  f.extra::varchar as extra
from placed f
left join paths p on p.journey_id = case when f.customer_id is null then f.party_journey_id end
