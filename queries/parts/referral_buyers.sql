-- Everybody who ever signed an order by as_of, with the day of the first.
-- grain: client_key
-- uses: $as_of
with ordered as (
  select a.happened_on as happened_on, coalesce('C:' || coalesce(a.customer_id, p.customer_id), a.journey_id) as person_id
  from acts a
  left join paths p on p.journey_id = a.journey_id
  where a.kind = 'order' and a.happened_on <= $as_of::date
)
select coalesce(k.client_id, o.person_id)::varchar as client_key, min(o.happened_on) as bought_on
from ordered o
left join client_links k on k.person_id = o.person_id
group by 1
