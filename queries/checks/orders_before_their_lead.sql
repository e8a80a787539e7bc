-- check: an order is not dated before the lead it came from
-- severity: warning
select
  j.journey_id::varchar as journey_id,
  j.order_id::varchar as order_id,
  j.began_at::timestamp as began_at,
  j.bought_at::timestamp as bought_at
from journeys j
where j.bought_at < j.began_at
