-- Where an asked entry of money can belong: the asked journeys with their store and value of the asked segment, and none.
-- What belongs to no journey (a payment or upsell whose order is unknown) has the missing value in every field: it stays
-- where all filters allow that.
-- grain: journey_id
-- uses: asked_journeys, $by, $where
with refusing as (
  select w.entry as entry
  from (select unnest($where::varchar[]) as entry) w
  where not is_in($where::varchar[], substring(w.entry, 1, position('=' in w.entry)))
)
select j.journey_id as journey_id, j.store as store, j.segment as segment
from asked_journeys j
union all
select null::varchar as journey_id, null::varchar as store, case when $by::varchar is null then 'all' end as segment
from (select count(*)::bigint as entries from refusing) r
where r.entries = 0
