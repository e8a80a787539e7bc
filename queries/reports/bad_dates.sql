-- Rows whose dates cannot be right, so that somebody can mend them.
-- A lead, visit or order dated after the day it was imported is ignored everywhere. A visit or order dated before its
-- lead is kept and counted; the days between are negative.
-- grain: problem, table_name, id
-- audience: owner
-- column problem varchar not null: after_import or before_lead
-- column table_name varchar not null: leads, visits or orders
-- column id varchar not null: lead_id, visit_id or order_id
-- column happened_at timestamp not null: the date that cannot be right
-- column lead_created_at timestamp: when the lead was created, for before_lead
-- column imported_on date: day of the import, for after_import
with late_rows as (
  select 'leads' as table_name, l.lead_id as id, l.created_at as happened_at, l.imported_on as imported_on
  from exports.leads l
  union all
  select 'visits' as table_name, v.visit_id as id, v.visited_at as happened_at, v.imported_on as imported_on
  from exports.visits v
  union all
  select 'orders' as table_name, o.order_id as id, o.ordered_at as happened_at, o.imported_on as imported_on
  from exports.orders o
),
early_acts as (
  select
    case a.kind when 'visit' then 'visits' else 'orders' end as table_name,
    a.act_id as id,
    a.happened_at as happened_at,
    l.created_at as lead_created_at
  from acts a
  join exports.leads l on l.lead_id = a.journey_lead_id
  where a.happened_at < l.created_at
),
found as (
  select
    'after_import' as problem,
    r.table_name as table_name,
    r.id as id,
    r.happened_at as happened_at,
    null::timestamp as lead_created_at,
    r.imported_on as imported_on
  from late_rows r
  where day_of(r.happened_at) > r.imported_on
  union all
  select
    'before_lead' as problem,
    e.table_name as table_name,
    e.id as id,
    e.happened_at as happened_at,
    e.lead_created_at as lead_created_at,
    null::date as imported_on
  from early_acts e
)
select
  f.problem::varchar as problem,
  f.table_name::varchar as table_name,
  f.id::varchar as id,
  f.happened_at::timestamp as happened_at,
  f.lead_created_at::timestamp as lead_created_at,
  f.imported_on::date as imported_on
from found f
order by f.problem, f.table_name, f.id
