-- check: no lead, visit or order is dated after the day it was imported
-- severity: warning
select 'leads'::varchar as table_name, l.lead_id::varchar as id, l.created_at::timestamp as happened_at
from exports.leads l
where day_of(l.created_at) > l.imported_on
union all
select 'visits'::varchar as table_name, v.visit_id::varchar as id, v.visited_at::timestamp as happened_at
from exports.visits v
where day_of(v.visited_at) > v.imported_on
union all
select 'orders'::varchar as table_name, o.order_id::varchar as id, o.ordered_at::timestamp as happened_at
from exports.orders o
where day_of(o.ordered_at) > o.imported_on
