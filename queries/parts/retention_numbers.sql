-- The clients of asked events, numbered: numbers are compared faster than texts.
-- built: table
-- grain: client_no
-- uses: retention_events
select e.client_id as client_id, min(e.event_no) as client_no
from retention_events e
where e.begins or e.returns
group by e.client_id
