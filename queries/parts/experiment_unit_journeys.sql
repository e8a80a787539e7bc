-- Journeys of the units of an experiment, whenever they began: of a lead or customer their own, of a day those begun on it, of a store
-- or one of the staff all of theirs.
-- grain: unit, journey_id
-- uses: experiment_assigned
with units as materialized (
  select a.unit as unit, a.unit_kind as unit_kind from experiment_assigned a
)
select u.unit as unit, u.unit_kind as unit_kind, j.journey_id as journey_id, j.began_on as began_on
from units u
join begun_journeys j on j.journey_id = 'L:' || u.unit
where u.unit_kind = 'lead'
union all
select u.unit as unit, u.unit_kind as unit_kind, j.journey_id as journey_id, j.began_on as began_on
from units u
join begun_journeys j on j.customer_id = u.unit
where u.unit_kind = 'customer'
union all
select u.unit as unit, u.unit_kind as unit_kind, j.journey_id as journey_id, j.began_on as began_on
from units u
join begun_journeys j on j.began_on::varchar = u.unit
where u.unit_kind = 'day'
union all
select u.unit as unit, u.unit_kind as unit_kind, j.journey_id as journey_id, j.began_on as began_on
from units u
join begun_journeys j on j.store = u.unit
where u.unit_kind = 'store'
union all
select u.unit as unit, u.unit_kind as unit_kind, j.journey_id as journey_id, j.began_on as began_on
from units u
join begun_journeys j on j.staff = u.unit
where u.unit_kind = 'staff'
