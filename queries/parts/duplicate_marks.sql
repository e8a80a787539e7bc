-- Rows that are probably one and the same under two keys. Nothing is taken away for it: whoever knows the people decides.
-- A row may be found in two ways. first_id names the group: its least key.
-- grain: kind_no, id
with lead_contacts as (
  select 1::bigint as kind_no, l.phone as value, l.lead_id as lead_id, l.created_at as created_at
  from exports.leads l
  where l.phone is not null
  union all
  select 2::bigint as kind_no, l.wechat as value, l.lead_id as lead_id, l.created_at as created_at
  from exports.leads l
  where l.wechat is not null
),
shared_contacts as (
  select c.kind_no as kind_no, c.value as value
  from lead_contacts c
  group by c.kind_no, c.value
  having count(*) between 2 and 20
),
following_leads as (
  select
    c.*,
    lag(maybe(c.created_at)) over (partition by c.kind_no, c.value order by c.created_at, c.lead_id) as before_at
  from lead_contacts c
  join shared_contacts s on s.kind_no = c.kind_no and s.value = c.value
),
runs_of_leads as (
  select
    l.kind_no as kind_no,
    l.value as value,
    l.lead_id as lead_id,
    sum(case when days_between(l.before_at, l.created_at) <= 30 then 0 else 1 end) over (
      partition by l.kind_no, l.value order by l.created_at, l.lead_id rows between unbounded preceding and current row
    )::bigint as run_no
  from following_leads l
),
same_leads as (
  select
    r.kind_no as kind_no,
    r.lead_id as lead_id,
    min(r.lead_id) over (partition by r.kind_no, r.value, r.run_no) as first_id,
    count(*) over (partition by r.kind_no, r.value, r.run_no)::bigint as rows
  from runs_of_leads r
),
customer_contacts as (
  select 3::bigint as kind_no, c.phone as value, c.customer_id as customer_id
  from exports.customers c
  where c.phone is not null
  union all
  select 4::bigint as kind_no, c.wechat as value, c.customer_id as customer_id
  from exports.customers c
  where c.wechat is not null
),
same_customers as (
  select c.kind_no as kind_no, c.value as value, min(c.customer_id) as first_id
  from customer_contacts c
  group by c.kind_no, c.value
  having count(*) between 2 and 20
),
same_visits as (
  select
    min(v.visit_id) as first_id,
    coalesce('L:' || v.lead_id, 'C:' || v.customer_id) as person,
    day_of(v.visited_at) as day,
    coalesce(v.store, '') as store_key,
    coalesce(v.purpose, '') as purpose_key
  from exports.visits v
  where (v.lead_id is not null or v.customer_id is not null)
  group by coalesce('L:' || v.lead_id, 'C:' || v.customer_id), day_of(v.visited_at), coalesce(v.store, ''), coalesce(v.purpose, '')
  having count(*) > 1
),
same_orders as (
  select
    min(o.order_id) as first_id,
    coalesce('C:' || o.customer_id, 'L:' || o.lead_id) as person,
    day_of(o.ordered_at) as day,
    o.amount as amount
  from exports.orders o
  where (o.customer_id is not null or o.lead_id is not null) and o.amount <> 0 and o.status is distinct from 'cancelled'
  group by coalesce('C:' || o.customer_id, 'L:' || o.lead_id), day_of(o.ordered_at), o.amount
  having count(*) > 1
),
same_upsells as (
  select
    min(u.upsell_id) as first_id,
    u.order_id as order_id,
    minute_of(u.sold_at) as minute_at,
    u.amount as amount,
    coalesce(u.item_type, '') as item_key,
    coalesce(u.touchpoint, '') as touchpoint_key,
    coalesce(u.outcome, '') as outcome_key,
    coalesce(u.quantity, 0) as pieces
  from exports.upsells u
  where u.amount <> 0
  group by u.order_id, minute_of(u.sold_at), u.amount, coalesce(u.item_type, ''), coalesce(u.touchpoint, ''), coalesce(u.outcome, ''), coalesce(u.quantity, 0)
  having count(*) > 1
),
same_payments as (
  select
    min(p.payment_id) as first_id,
    p.order_id as order_id,
    minute_of(p.paid_at) as minute_at,
    p.amount as amount,
    coalesce(p.kind, '') as kind_key
  from exports.payments p
  where p.order_id is not null
  group by p.order_id, minute_of(p.paid_at), p.amount, coalesce(p.kind, '')
  having count(*) > 1
),
same_appointments as (
  select
    min(a.appointment_id) as first_id,
    coalesce('O:' || a.order_id, 'L:' || a.lead_id, 'C:' || a.customer_id) as person,
    minute_of(a.for_at) as minute_at,
    coalesce(a.purpose, '') as purpose_key
  from exports.appointments a
  where (a.order_id is not null or a.lead_id is not null or a.customer_id is not null) and coalesce(a.status, '') not in ('moved', 'cancelled')
  group by coalesce('O:' || a.order_id, 'L:' || a.lead_id, 'C:' || a.customer_id), minute_of(a.for_at), coalesce(a.purpose, '')
  having count(*) > 1
),
same_followups as (
  select
    min(f.followup_id) as first_id,
    coalesce('O:' || f.order_id, 'L:' || f.lead_id, 'V:' || f.visit_id) as person,
    minute_of(f.done_at) as minute_at,
    coalesce(f.kind, '') as kind_key,
    coalesce(f.staff_id, '') as staff_key
  from exports.followups f
  where (f.order_id is not null or f.lead_id is not null or f.visit_id is not null)
  group by coalesce('O:' || f.order_id, 'L:' || f.lead_id, 'V:' || f.visit_id), minute_of(f.done_at), coalesce(f.kind, ''), coalesce(f.staff_id, '')
  having count(*) > 1
),
same_rewards as (
  select
    min(r.reward_id) as first_id,
    r.order_id as order_id,
    coalesce(r.referrer_customer_id, '') as referrer
  from exports.referral_rewards r
  where r.order_id is not null
  group by r.order_id, coalesce(r.referrer_customer_id, '')
  having count(*) > 1
),
same_staff as (
  select
    min(s.staff_id) as first_id,
    s.name as name,
    coalesce(s.store, '') as store_key
  from exports.staff s
  where s.name is not null
  group by s.name, coalesce(s.store, '')
  having count(*) > 1
),
found as (
  select
    g.kind_no as kind_no, g.first_id as first_id, l.lead_id as id, l.created_at as happened_at, l.store as store,
    l.customer_name as name, l.phone as phone, null::varchar as refers_to, null::decimal(18,2) as amount,
    l.batch_id as batch_id, l.line as line
  from exports.leads l
  join same_leads g on g.lead_id = l.lead_id
  where g.rows > 1
  union all
  select
    g.kind_no as kind_no, g.first_id as first_id, c.customer_id as id, null::timestamp as happened_at, null::varchar as store,
    c.name as name, c.phone as phone, null::varchar as refers_to, null::decimal(18,2) as amount,
    c.batch_id as batch_id, c.line as line
  from exports.customers c
  join customer_contacts k on k.customer_id = c.customer_id
  join same_customers g on g.kind_no = k.kind_no and g.value = k.value
  union all
  select
    5::bigint as kind_no, g.first_id as first_id, v.visit_id as id, v.visited_at as happened_at, v.store as store,
    null::varchar as name, null::varchar as phone, coalesce(v.lead_id, v.customer_id) as refers_to, null::decimal(18,2) as amount,
    v.batch_id as batch_id, v.line as line
  from exports.visits v
  join same_visits g on g.person = coalesce('L:' || v.lead_id, 'C:' || v.customer_id) and g.day = day_of(v.visited_at) and g.store_key = coalesce(v.store, '') and g.purpose_key = coalesce(v.purpose, '')
  where (v.lead_id is not null or v.customer_id is not null)
  union all
  select
    6::bigint as kind_no, g.first_id as first_id, o.order_id as id, o.ordered_at as happened_at, o.store as store,
    null::varchar as name, null::varchar as phone, coalesce(o.customer_id, o.lead_id) as refers_to, o.amount as amount,
    o.batch_id as batch_id, o.line as line
  from exports.orders o
  join same_orders g on g.person = coalesce('C:' || o.customer_id, 'L:' || o.lead_id) and g.day = day_of(o.ordered_at) and g.amount = o.amount
  where (o.customer_id is not null or o.lead_id is not null) and o.amount <> 0 and o.status is distinct from 'cancelled'
  union all
  select
    7::bigint as kind_no, g.first_id as first_id, u.upsell_id as id, u.sold_at as happened_at, null::varchar as store,
    null::varchar as name, null::varchar as phone, u.order_id as refers_to, u.amount as amount,
    u.batch_id as batch_id, u.line as line
  from exports.upsells u
  join same_upsells g on g.order_id = u.order_id and g.minute_at = minute_of(u.sold_at) and g.amount = u.amount and g.item_key = coalesce(u.item_type, '') and g.touchpoint_key = coalesce(u.touchpoint, '') and g.outcome_key = coalesce(u.outcome, '') and g.pieces = coalesce(u.quantity, 0)
  where u.amount <> 0
  union all
  select
    8::bigint as kind_no, g.first_id as first_id, p.payment_id as id, p.paid_at as happened_at, null::varchar as store,
    null::varchar as name, null::varchar as phone, p.order_id as refers_to, p.amount as amount,
    p.batch_id as batch_id, p.line as line
  from exports.payments p
  join same_payments g on g.order_id = p.order_id and g.minute_at = minute_of(p.paid_at) and g.amount = p.amount and g.kind_key = coalesce(p.kind, '')
  where p.order_id is not null
  union all
  select
    9::bigint as kind_no, g.first_id as first_id, a.appointment_id as id, a.for_at as happened_at, a.store as store,
    null::varchar as name, null::varchar as phone, coalesce(a.order_id, a.lead_id, a.customer_id) as refers_to, null::decimal(18,2) as amount,
    a.batch_id as batch_id, a.line as line
  from exports.appointments a
  join same_appointments g on g.person = coalesce('O:' || a.order_id, 'L:' || a.lead_id, 'C:' || a.customer_id) and g.minute_at = minute_of(a.for_at) and g.purpose_key = coalesce(a.purpose, '')
  where (a.order_id is not null or a.lead_id is not null or a.customer_id is not null) and coalesce(a.status, '') not in ('moved', 'cancelled')
  union all
  select
    10::bigint as kind_no, g.first_id as first_id, f.followup_id as id, f.done_at as happened_at, null::varchar as store,
    null::varchar as name, null::varchar as phone, coalesce(f.order_id, f.lead_id, f.visit_id) as refers_to, null::decimal(18,2) as amount,
    f.batch_id as batch_id, f.line as line
  from exports.followups f
  join same_followups g on g.person = coalesce('O:' || f.order_id, 'L:' || f.lead_id, 'V:' || f.visit_id) and g.minute_at = minute_of(f.done_at) and g.kind_key = coalesce(f.kind, '') and g.staff_key = coalesce(f.staff_id, '')
  where (f.order_id is not null or f.lead_id is not null or f.visit_id is not null)
  union all
  select
    11::bigint as kind_no, g.first_id as first_id, r.reward_id as id, r.given_at as happened_at, null::varchar as store,
    null::varchar as name, null::varchar as phone, r.order_id as refers_to, r.amount as amount,
    r.batch_id as batch_id, r.line as line
  from exports.referral_rewards r
  join same_rewards g on g.order_id = r.order_id and g.referrer = coalesce(r.referrer_customer_id, '')
  where r.order_id is not null
  union all
  select
    12::bigint as kind_no, g.first_id as first_id, s.staff_id as id, null::timestamp as happened_at, s.store as store,
    s.name as name, null::varchar as phone, null::varchar as refers_to, null::decimal(18,2) as amount,
    s.batch_id as batch_id, s.line as line
  from exports.staff s
  join same_staff g on g.name = s.name and g.store_key = coalesce(s.store, '')
  where s.name is not null
)
select f.*
from found f
