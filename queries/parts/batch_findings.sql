-- What is odd about the rows of one batch that count now: what they refer to is not there, their days cannot be right, or the
-- row that they replaced said something for which their file has no column (one row for each field or unknown column).
-- Two to four telephones in one cell are a household's (see phone_links) and told, too. Nobody's row is rejected for it. A lead or an order that a row names by its number must be there; customers, staff and
-- campaigns only where their own list is kept at all (somebody who is named by a name instead of a number is known by it).
-- A visit or order without any number of a lead is a walk-in and nothing odd. Days are compared, not times of day, since
-- many lists have no times.
-- grain: kind, table_name, line, refers_to
-- uses: $batch
with facts as (
  select
    'leads' as table_name, l.line as line, l.lead_id as id, l.created_at as happened_at, l.imported_on as imported_on,
    null::varchar as lead_id, null::varchar as order_id, l.customer_id as customer_id, l.staff_id as staff_id,
    null::varchar as other_staff_id, l.campaign_id as campaign_id
  from exports.leads l
  where l.batch_id = $batch::bigint
  union all
  select
    'visits' as table_name, v.line as line, v.visit_id as id, v.visited_at as happened_at, v.imported_on as imported_on,
    v.lead_id as lead_id, v.order_id as order_id, v.customer_id as customer_id, v.staff_id as staff_id,
    null::varchar as other_staff_id, null::varchar as campaign_id
  from exports.visits v
  where v.batch_id = $batch::bigint
  union all
  select
    'orders' as table_name, o.line as line, o.order_id as id, o.ordered_at as happened_at, o.imported_on as imported_on,
    o.lead_id as lead_id, null::varchar as order_id, o.customer_id as customer_id, o.staff_id as staff_id,
    null::varchar as other_staff_id, null::varchar as campaign_id
  from exports.orders o
  where o.batch_id = $batch::bigint
  union all
  select
    'upsells' as table_name, u.line as line, u.upsell_id as id, u.sold_at as happened_at, u.imported_on as imported_on,
    null::varchar as lead_id, u.order_id as order_id, null::varchar as customer_id, u.staff_id as staff_id,
    u.co_staff_id as other_staff_id, null::varchar as campaign_id
  from exports.upsells u
  where u.batch_id = $batch::bigint
  union all
  select
    'payments' as table_name, p.line as line, p.payment_id as id, p.paid_at as happened_at, p.imported_on as imported_on,
    null::varchar as lead_id, p.order_id as order_id, null::varchar as customer_id, null::varchar as staff_id,
    null::varchar as other_staff_id, null::varchar as campaign_id
  from exports.payments p
  where p.batch_id = $batch::bigint
  union all
  select
    'campaign_days' as table_name, d.line as line, d.campaign_id as id, d.date::timestamp as happened_at, d.imported_on as imported_on,
    null::varchar as lead_id, null::varchar as order_id, null::varchar as customer_id, null::varchar as staff_id,
    null::varchar as other_staff_id, d.campaign_id as campaign_id
  from exports.campaign_days d
  where d.batch_id = $batch::bigint
  union all
  select
    'followups' as table_name, f.line as line, f.followup_id as id, f.done_at as happened_at, null::date as imported_on,
    f.lead_id as lead_id, f.order_id as order_id, null::varchar as customer_id, f.staff_id as staff_id,
    null::varchar as other_staff_id, null::varchar as campaign_id
  from exports.followups f
  where f.batch_id = $batch::bigint
  union all
  select
    'appointments' as table_name, a.line as line, a.appointment_id as id, a.for_at as happened_at, null::date as imported_on,
    a.lead_id as lead_id, a.order_id as order_id, a.customer_id as customer_id, null::varchar as staff_id,
    null::varchar as other_staff_id, null::varchar as campaign_id
  from exports.appointments a
  where a.batch_id = $batch::bigint
  union all
  select
    'cards' as table_name, c.line as line, c.card_no as id, c.issued_at as happened_at, null::date as imported_on,
    null::varchar as lead_id, null::varchar as order_id, c.customer_id as customer_id, c.staff_id as staff_id,
    null::varchar as other_staff_id, null::varchar as campaign_id
  from exports.cards c
  where c.batch_id = $batch::bigint
  union all
  select
    'referral_rewards' as table_name, r.line as line, r.reward_id as id, r.given_at as happened_at, null::date as imported_on,
    null::varchar as lead_id, r.order_id as order_id, r.referrer_customer_id as customer_id, null::varchar as staff_id,
    null::varchar as other_staff_id, null::varchar as campaign_id
  from exports.referral_rewards r
  where r.batch_id = $batch::bigint
  union all
  select
    'complaints' as table_name, c.line as line, c.complaint_id as id, c.logged_at as happened_at, null::date as imported_on,
    null::varchar as lead_id, c.order_id as order_id, null::varchar as customer_id, c.staff_id as staff_id,
    null::varchar as other_staff_id, null::varchar as campaign_id
  from exports.complaints c
  where c.batch_id = $batch::bigint
  union all
  select
    'surveys' as table_name, s.line as line, s.survey_id as id, s.answered_at as happened_at, null::date as imported_on,
    null::varchar as lead_id, s.order_id as order_id, null::varchar as customer_id, null::varchar as staff_id,
    null::varchar as other_staff_id, null::varchar as campaign_id
  from exports.surveys s
  where s.batch_id = $batch::bigint
),
counted as (
  select f.table_name as table_name, f.line as line, f.id as id, f.happened_at as happened_at
  from facts f
  union all
  select 'campaigns' as table_name, c.line as line, c.campaign_id as id, null::timestamp as happened_at
  from exports.campaigns c
  where c.batch_id = $batch::bigint
  union all
  select 'customers' as table_name, c.line as line, c.customer_id as id, null::timestamp as happened_at
  from exports.customers c
  where c.batch_id = $batch::bigint
  union all
  select 'staff' as table_name, s.line as line, s.staff_id as id, null::timestamp as happened_at
  from exports.staff s
  where s.batch_id = $batch::bigint
  union all
  select 'brand_surveys' as table_name, b.line as line, b.survey_id as id, b.asked_at as happened_at
  from exports.brand_surveys b
  where b.batch_id = $batch::bigint
  union all
  select 'experiments' as table_name, e.line as line, e.experiment_id as id, null::timestamp as happened_at
  from exports.experiments e
  where e.batch_id = $batch::bigint
  union all
  select 'assignments' as table_name, a.line as line, a.unit as id, null::timestamp as happened_at
  from exports.assignments a
  where a.batch_id = $batch::bigint
  union all
  select 'targets' as table_name, t.line as line, t.metric as id, null::timestamp as happened_at
  from exports.targets t
  where t.batch_id = $batch::bigint
  union all
  select 'events' as table_name, e.line as line, e.event_id as id, e.happened_at as happened_at
  from exports.events e
  where e.batch_id = $batch::bigint
),
phones_told as (
  select 'leads' as table_name, l.line as line, l.lead_id as id, l.created_at as happened_at, 'phone' as column_name, l.phone as phone
  from exports.leads l
  where l.batch_id = $batch::bigint
  union all
  select 'customers' as table_name, c.line as line, c.customer_id as id, null::timestamp as happened_at, 'phone' as column_name, c.phone as phone
  from exports.customers c
  where c.batch_id = $batch::bigint
  union all
  select 'customers' as table_name, c.line as line, c.customer_id as id, null::timestamp as happened_at, 'partner_phone' as column_name, c.partner_phone as phone
  from exports.customers c
  where c.batch_id = $batch::bigint
),
staff_named as (
  select f.table_name as table_name, f.line as line, f.id as id, f.happened_at as happened_at, f.staff_id as staff_id
  from facts f
  where f.staff_id is not null
  union all
  select f.table_name as table_name, f.line as line, f.id as id, f.happened_at as happened_at, f.other_staff_id as staff_id
  from facts f
  where f.other_staff_id is not null and f.other_staff_id is distinct from f.staff_id
),
staff_known as (
  select s.staff_id as staff_id from exports.staff s
  union
  select s.name as staff_id from exports.staff s where s.name is not null
),
found as (
  select
    1::bigint as kind_no, 'unknown_lead' as kind, f.table_name as table_name, f.line as line, f.id as id,
    f.happened_at as happened_at, f.lead_id as refers_to, null::timestamp as reference_at, null::varchar as column_name
  from facts f
  anti join exports.leads l on l.lead_id = f.lead_id
  where f.lead_id is not null
  union all
  select
    2::bigint as kind_no, 'unknown_order' as kind, f.table_name as table_name, f.line as line, f.id as id,
    f.happened_at as happened_at, f.order_id as refers_to, null::timestamp as reference_at, null::varchar as column_name
  from facts f
  anti join exports.orders o on o.order_id = f.order_id
  where f.order_id is not null
  union all
  select
    3::bigint as kind_no, 'unknown_customer' as kind, f.table_name as table_name, f.line as line, f.id as id,
    f.happened_at as happened_at, f.customer_id as refers_to, null::timestamp as reference_at, null::varchar as column_name
  from facts f
  anti join exports.customers c on c.customer_id = f.customer_id
  where f.customer_id is not null and (select count(*) from exports.customers k) > 0
  union all
  select
    4::bigint as kind_no, 'unknown_staff' as kind, f.table_name as table_name, f.line as line, f.id as id,
    f.happened_at as happened_at, f.staff_id as refers_to, null::timestamp as reference_at, null::varchar as column_name
  from staff_named f
  anti join staff_known s on s.staff_id = f.staff_id
  where (select count(*) from exports.staff k) > 0
  union all
  select
    5::bigint as kind_no, 'unknown_campaign' as kind, f.table_name as table_name, f.line as line, f.id as id,
    f.happened_at as happened_at, f.campaign_id as refers_to, null::timestamp as reference_at, null::varchar as column_name
  from facts f
  anti join exports.campaigns c on c.campaign_id = f.campaign_id
  where f.campaign_id is not null and (select count(*) from exports.campaigns k) > 0
  union all
  select
    6::bigint as kind_no, 'before_lead' as kind, f.table_name as table_name, f.line as line, f.id as id,
    f.happened_at as happened_at, f.lead_id as refers_to, l.created_at as reference_at, null::varchar as column_name
  from facts f
  join exports.leads l on l.lead_id = f.lead_id
  where f.table_name in ('visits', 'orders') and day_of(f.happened_at) < day_of(l.created_at)
  union all
  select
    7::bigint as kind_no, 'before_order' as kind, f.table_name as table_name, f.line as line, f.id as id,
    f.happened_at as happened_at, f.order_id as refers_to, o.ordered_at as reference_at, null::varchar as column_name
  from facts f
  join exports.orders o on o.order_id = f.order_id
  where f.table_name = 'upsells' and day_of(f.happened_at) < day_of(o.ordered_at)
  union all
  select
    8::bigint as kind_no, 'after_import' as kind, f.table_name as table_name, f.line as line, f.id as id,
    f.happened_at as happened_at, f.id as refers_to, f.imported_on::timestamp as reference_at, null::varchar as column_name
  from facts f
  where day_of(f.happened_at) > f.imported_on
  union all
  select
    9::bigint as kind_no, 'several_phones' as kind, c.table_name as table_name, c.line as line, c.id as id,
    c.happened_at as happened_at, null::varchar as refers_to, null::timestamp as reference_at, c.column_name as column_name
  from phones_told c
  where char_length(c.phone) > 16 and length(phones_of(c.phone)) > 0
  union all
  select
    0::bigint as kind_no, 'emptied' as kind, c.table_name as table_name, c.line as line, c.id as id,
    c.happened_at as happened_at, null::varchar as refers_to, null::timestamp as reference_at, e.field as column_name
  from counted c
  join raw.emptied e on e.line = c.line
  where e.batch_id = $batch::bigint
)
select
  f.kind_no as kind_no,
  f.kind as kind,
  f.table_name as table_name,
  f.line as line,
  f.id as id,
  f.happened_at as happened_at,
  f.refers_to as refers_to,
  f.column_name as column_name,
  f.reference_at as reference_at
from found f
