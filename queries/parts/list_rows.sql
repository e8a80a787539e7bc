-- The rows of every list that count now, each with its day, its store and which of its columns are filled.
-- f1 … f20 are the columns of the list in the order of the contract (list_columns), 1 where the row has a value. The store is
-- the row's own, else the one that its order or its lead names. A row without a date of its own is dated by its import; one that
-- is dated after its import is not here (bad_dates lists it). An appointment counts from its own day on.
-- built: view
-- grain: table_no, id, line
with storeless as (
  select o.lead_id as lead_id
  from exports.orders o
  where o.store is null and o.lead_id is not null
  union all
  select v.lead_id as lead_id
  from exports.visits v
  where v.store is null and v.lead_id is not null
  union all
  select f.lead_id as lead_id
  from exports.followups f
  where f.order_id is null and f.lead_id is not null
),
lead_stores as (
  select l.lead_id as lead_id, l.store as store
  from exports.leads l
  semi join storeless n on n.lead_id = l.lead_id
  where l.store is not null
),
order_stores as (
  select o.order_id as order_id, coalesce(o.store, j.store) as store
  from exports.orders o
  left join lead_stores j on j.lead_id = o.lead_id and o.store is null
),
listed as (
  select -- leads
    1::bigint as table_no, l.lead_id as id, l.created_at as happened_at, day_of(l.created_at) as day, l.store as store,
    l.batch_id as batch_id, l.line as line, l.imported_on as imported_on, 1::int as f1, 1::int as f2,
    (l.channel is not null)::int as f3, (l.campaign_id is not null)::int as f4, (l.store is not null)::int as f5,
    (l.staff_id is not null)::int as f6, (l.inviter is not null)::int as f7, (l.customer_id is not null)::int as f8,
    (l.customer_name is not null)::int as f9, (l.phone is not null)::int as f10, (l.wechat is not null)::int as f11,
    (l.city is not null)::int as f12, (l.district is not null)::int as f13, (l.age_group is not null)::int as f14,
    (l.budget is not null)::int as f15, (l.wedding_on is not null)::int as f16,
    (l.referrer_customer_id is not null)::int as f17, (l.referral_card is not null)::int as f18,
    (l.lost_at is not null)::int as f19, (l.lost_reason is not null)::int as f20
  from exports.leads l
  union all
  select -- visits
    2::bigint as table_no, v.visit_id as id, v.visited_at as happened_at, day_of(v.visited_at) as day,
    coalesce(v.store, h.store, j.store) as store, v.batch_id as batch_id, v.line as line, v.imported_on as imported_on,
    1::int as f1, 1::int as f2, (v.lead_id is not null)::int as f3, (v.customer_id is not null)::int as f4,
    (v.order_id is not null)::int as f5, (v.purpose is not null)::int as f6, (v.outcome is not null)::int as f7,
    (v.store is not null)::int as f8, (v.staff_id is not null)::int as f9, (v.reason is not null)::int as f10,
    (v.tactic is not null)::int as f11, (v.minutes is not null)::int as f12, 0::int as f13, 0::int as f14, 0::int as f15,
    0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.visits v
  left join order_stores h on h.order_id = v.order_id
  left join lead_stores j on j.lead_id = v.lead_id and v.store is null
  union all
  select -- orders
    3::bigint as table_no, o.order_id as id, o.ordered_at as happened_at, day_of(o.ordered_at) as day,
    coalesce(o.store, j.store) as store, o.batch_id as batch_id, o.line as line, o.imported_on as imported_on, 1::int as f1,
    1::int as f2, 1::int as f3, (o.lead_id is not null)::int as f4, (o.customer_id is not null)::int as f5,
    (o.package is not null)::int as f6, (o.list_price is not null)::int as f7, (o.deposit is not null)::int as f8,
    (o.cost is not null)::int as f9, (o.store is not null)::int as f10, (o.staff_id is not null)::int as f11,
    (o.status is not null)::int as f12, (o.cancelled_at is not null)::int as f13,
    (o.refunded_amount is not null)::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19,
    0::int as f20
  from exports.orders o
  left join lead_stores j on j.lead_id = o.lead_id and o.store is null
  union all
  select -- upsells
    4::bigint as table_no, u.upsell_id as id, u.sold_at as happened_at, day_of(u.sold_at) as day, h.store as store,
    u.batch_id as batch_id, u.line as line, u.imported_on as imported_on, 1::int as f1, 1::int as f2, 1::int as f3,
    1::int as f4, (u.touchpoint is not null)::int as f5, (u.item_type is not null)::int as f6,
    (u.quantity is not null)::int as f7, (u.outcome is not null)::int as f8, (u.cost is not null)::int as f9,
    (u.staff_id is not null)::int as f10, (u.co_staff_id is not null)::int as f11, 0::int as f12, 0::int as f13,
    0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.upsells u
  left join order_stores h on h.order_id = u.order_id
  union all
  select -- payments
    5::bigint as table_no, p.payment_id as id, p.paid_at as happened_at, day_of(p.paid_at) as day, h.store as store,
    p.batch_id as batch_id, p.line as line, p.imported_on as imported_on, 1::int as f1, 1::int as f2, 1::int as f3,
    (p.order_id is not null)::int as f4, (p.kind is not null)::int as f5, 0::int as f6, 0::int as f7, 0::int as f8,
    0::int as f9, 0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16,
    0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.payments p
  left join order_stores h on h.order_id = p.order_id
  union all
  select -- campaigns
    6::bigint as table_no, c.campaign_id as id, null::timestamp as happened_at, c.imported_on as day, null::varchar as store,
    c.batch_id as batch_id, c.line as line, c.imported_on as imported_on, 1::int as f1, (c.name is not null)::int as f2,
    (c.channel is not null)::int as f3, (c.objective is not null)::int as f4, (c.kind is not null)::int as f5,
    (c.starts_on is not null)::int as f6, (c.ends_on is not null)::int as f7, (c.cost is not null)::int as f8, 0::int as f9,
    0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17,
    0::int as f18, 0::int as f19, 0::int as f20
  from exports.campaigns c
  union all
  select -- campaign_days
    7::bigint as table_no, d.campaign_id as id, d.date::timestamp as happened_at, d.date as day, null::varchar as store,
    d.batch_id as batch_id, d.line as line, d.imported_on as imported_on, 1::int as f1, 1::int as f2,
    (d.audience is not null)::int as f3, (d.aware is not null)::int as f4, (d.hits is not null)::int as f5,
    (d.cost is not null)::int as f6, 0::int as f7, 0::int as f8, 0::int as f9, 0::int as f10, 0::int as f11, 0::int as f12,
    0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.campaign_days d
  union all
  select -- customers
    8::bigint as table_no, c.customer_id as id, null::timestamp as happened_at, c.imported_on as day, null::varchar as store,
    c.batch_id as batch_id, c.line as line, c.imported_on as imported_on, 1::int as f1, (c.name is not null)::int as f2,
    (c.phone is not null)::int as f3, (c.wechat is not null)::int as f4, (c.partner_name is not null)::int as f5,
    (c.partner_phone is not null)::int as f6, (c.wedding_on is not null)::int as f7, (c.birthday is not null)::int as f8,
    (c.city is not null)::int as f9, (c.district is not null)::int as f10, (c.address is not null)::int as f11,
    0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19,
    0::int as f20
  from exports.customers c
  union all
  select -- staff
    9::bigint as table_no, s.staff_id as id, null::timestamp as happened_at, s.imported_on as day, s.store as store,
    s.batch_id as batch_id, s.line as line, s.imported_on as imported_on, 1::int as f1, (s.name is not null)::int as f2,
    (s.role is not null)::int as f3, (s.store is not null)::int as f4, (s.hired_on is not null)::int as f5,
    (s.left_on is not null)::int as f6, 0::int as f7, 0::int as f8, 0::int as f9, 0::int as f10, 0::int as f11,
    0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19,
    0::int as f20
  from exports.staff s
  union all
  select -- followups
    10::bigint as table_no, f.followup_id as id, f.done_at as happened_at, day_of(f.done_at) as day,
    coalesce(h.store, j.store) as store, f.batch_id as batch_id, f.line as line, f.imported_on as imported_on, 1::int as f1,
    1::int as f2, (f.lead_id is not null)::int as f3, (f.order_id is not null)::int as f4,
    (f.visit_id is not null)::int as f5, (f.kind is not null)::int as f6, (f.result is not null)::int as f7,
    (f.staff_id is not null)::int as f8, 0::int as f9, 0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13,
    0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.followups f
  left join order_stores h on h.order_id = f.order_id
  left join lead_stores j on j.lead_id = f.lead_id and f.order_id is null
  union all
  select -- cards
    11::bigint as table_no, k.card_no as id, k.issued_at as happened_at, day_of(k.issued_at) as day, null::varchar as store,
    k.batch_id as batch_id, k.line as line, k.imported_on as imported_on, 1::int as f1, 1::int as f2, 1::int as f3,
    (k.level is not null)::int as f4, (k.parent_card_no is not null)::int as f5, (k.staff_id is not null)::int as f6,
    (k.cost is not null)::int as f7, 0::int as f8, 0::int as f9, 0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13,
    0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.cards k
  union all
  select -- referral_rewards
    12::bigint as table_no, r.reward_id as id, r.given_at as happened_at, day_of(r.given_at) as day, null::varchar as store,
    r.batch_id as batch_id, r.line as line, r.imported_on as imported_on, 1::int as f1, 1::int as f2,
    (r.referrer_customer_id is not null)::int as f3, (r.order_id is not null)::int as f4, (r.amount is not null)::int as f5,
    0::int as f6, 0::int as f7, 0::int as f8, 0::int as f9, 0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13,
    0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.referral_rewards r
  union all
  select -- appointments
    13::bigint as table_no, a.appointment_id as id, a.for_at as happened_at,
    day_of(a.for_at) as day, a.store as store, a.batch_id as batch_id, a.line as line,
    a.imported_on as imported_on, 1::int as f1, 1::int as f2, (a.made_at is not null)::int as f3,
    (a.purpose is not null)::int as f4, (a.lead_id is not null)::int as f5, (a.customer_id is not null)::int as f6,
    (a.order_id is not null)::int as f7, (a.store is not null)::int as f8, (a.status is not null)::int as f9, 0::int as f10,
    0::int as f11, 0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18,
    0::int as f19, 0::int as f20
  from exports.appointments a
  union all
  select -- complaints
    14::bigint as table_no, c.complaint_id as id, c.logged_at as happened_at, day_of(c.logged_at) as day, h.store as store,
    c.batch_id as batch_id, c.line as line, c.imported_on as imported_on, 1::int as f1, 1::int as f2,
    (c.order_id is not null)::int as f3, (c.topic is not null)::int as f4, (c.staff_id is not null)::int as f5,
    (c.manager_at is not null)::int as f6, (c.settled_at is not null)::int as f7, (c.answered_at is not null)::int as f8,
    0::int as f9, 0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16,
    0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.complaints c
  left join order_stores h on h.order_id = c.order_id
  union all
  select -- surveys
    15::bigint as table_no, s.survey_id as id, s.answered_at as happened_at, day_of(s.answered_at) as day, h.store as store,
    s.batch_id as batch_id, s.line as line, s.imported_on as imported_on, 1::int as f1, 1::int as f2,
    (s.order_id is not null)::int as f3, (s.score is not null)::int as f4, (s.dimension is not null)::int as f5,
    0::int as f6, 0::int as f7, 0::int as f8, 0::int as f9, 0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13,
    0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.surveys s
  left join order_stores h on h.order_id = s.order_id
  union all
  select -- brand_surveys
    16::bigint as table_no, b.survey_id as id, b.asked_at as happened_at, day_of(b.asked_at) as day, null::varchar as store,
    b.batch_id as batch_id, b.line as line, b.imported_on as imported_on, 1::int as f1,
    (b.campaign_id is not null)::int as f2, 1::int as f3, (b.wave is not null)::int as f4,
    (b.question is not null)::int as f5, (b.n is not null)::int as f6, (b.yes is not null)::int as f7, 0::int as f8,
    0::int as f9, 0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16,
    0::int as f17, 0::int as f18, 0::int as f19, 0::int as f20
  from exports.brand_surveys b
  union all
  select -- experiments
    17::bigint as table_no, x.experiment_id as id, null::timestamp as happened_at, x.imported_on as day,
    null::varchar as store, x.batch_id as batch_id, x.line as line, x.imported_on as imported_on, 1::int as f1,
    (x.name is not null)::int as f2, (x.unit is not null)::int as f3, (x.metric is not null)::int as f4,
    (x.hypothesis is not null)::int as f5, (x.variants is not null)::int as f6, (x.starts_on is not null)::int as f7,
    (x.ends_on is not null)::int as f8, 0::int as f9,
    0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17,
    0::int as f18, 0::int as f19, 0::int as f20
  from exports.experiments x
  union all
  select -- assignments
    18::bigint as table_no, a.experiment_id as id, a.assigned_at as happened_at,
    coalesce(day_of(a.assigned_at), a.imported_on) as day, null::varchar as store, a.batch_id as batch_id, a.line as line,
    a.imported_on as imported_on, 1::int as f1, 1::int as f2, (a.variant is not null)::int as f3,
    (a.assigned_at is not null)::int as f4, 0::int as f5, 0::int as f6, 0::int as f7, 0::int as f8, 0::int as f9,
    0::int as f10, 0::int as f11, 0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17,
    0::int as f18, 0::int as f19, 0::int as f20
  from exports.assignments a
  union all
  select -- targets
    19::bigint as table_no, t.metric as id, null::timestamp as happened_at, t.imported_on as day, null::varchar as store,
    t.batch_id as batch_id, t.line as line, t.imported_on as imported_on, 1::int as f1, 1::int as f2, 1::int as f3,
    (t.value is not null)::int as f4, 0::int as f5, 0::int as f6, 0::int as f7, 0::int as f8, 0::int as f9, 0::int as f10,
    0::int as f11, 0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18,
    0::int as f19, 0::int as f20
  from exports.targets t
  union all
  select -- events
    20::bigint as table_no, e.event_id as id, e.happened_at as happened_at, day_of(e.happened_at) as day,
    null::varchar as store, e.batch_id as batch_id, e.line as line, e.imported_on as imported_on, 1::int as f1, 1::int as f2,
    1::int as f3, (e.person_id is not null)::int as f4, (e.lead_id is not null)::int as f5,
    (e.attributes is not null)::int as f6, 0::int as f7, 0::int as f8, 0::int as f9, 0::int as f10, 0::int as f11,
    0::int as f12, 0::int as f13, 0::int as f14, 0::int as f15, 0::int as f16, 0::int as f17, 0::int as f18, 0::int as f19,
    0::int as f20
  from exports.events e
)
select l.*
from listed l
where l.day <= l.imported_on
