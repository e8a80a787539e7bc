-- Journeys of the units of an experiment, each with the days on which its outcomes count, and once more (before = 1) with those
-- before the experiment that a unit's habit is read from. Leads and customers count from the assignment on; days, stores and staff by
-- the journeys begun on the day or in the experiment's days, each from its beginning on. With window_days that is so many days; who
-- has not had them all by as_of is not mature. Only customers, stores and staff have a time before: pre_days up to the beginning.
-- grain: unit, before, journey_id
-- uses: experiment_units, $as_of, $window_days, $pre_days
with units as materialized (
  select u.* from experiment_units u
),
found as (
  select u.unit as unit, u.unit_kind as unit_kind, 0::bigint as before, j.journey_id as journey_id, u.assigned_on as from_on
  from units u
  join begun_journeys j on j.journey_id = 'L:' || u.unit
  where u.unit_kind = 'lead'
  union all
  select u.unit as unit, u.unit_kind as unit_kind, 0::bigint as before, j.journey_id as journey_id, u.assigned_on as from_on
  from units u
  join begun_journeys j on j.customer_id = u.unit
  where u.unit_kind = 'customer'
  union all
  select u.unit as unit, u.unit_kind as unit_kind, 0::bigint as before, j.journey_id as journey_id, j.began_on as from_on
  from units u
  join begun_journeys j on j.began_on::varchar = u.unit
  where u.unit_kind = 'day'
  union all
  select u.unit as unit, u.unit_kind as unit_kind, 0::bigint as before, j.journey_id as journey_id, j.began_on as from_on
  from units u
  join begun_journeys j on j.store = u.unit
  where u.unit_kind = 'store' and j.began_on between u.starts_on and u.ends_on
  union all
  select u.unit as unit, u.unit_kind as unit_kind, 0::bigint as before, j.journey_id as journey_id, j.began_on as from_on
  from units u
  join begun_journeys j on j.staff = u.unit
  where u.unit_kind = 'staff' and j.began_on between u.starts_on and u.ends_on
),
earlier as (
  select u.unit as unit, u.unit_kind as unit_kind, 1::bigint as before, j.journey_id as journey_id, add_days(u.assigned_on, -$pre_days::bigint) as from_on, add_days(u.assigned_on, -1) as until_on
  from units u
  join begun_journeys j on j.customer_id = u.unit
  where u.unit_kind = 'customer'
  union all
  select u.unit as unit, u.unit_kind as unit_kind, 1::bigint as before, j.journey_id as journey_id, j.began_on as from_on, add_days(u.starts_on, -1) as until_on
  from units u
  join begun_journeys j on j.store = u.unit
  where u.unit_kind = 'store' and j.began_on between add_days(u.starts_on, -$pre_days::bigint) and add_days(u.starts_on, -1)
  union all
  select u.unit as unit, u.unit_kind as unit_kind, 1::bigint as before, j.journey_id as journey_id, j.began_on as from_on, add_days(u.starts_on, -1) as until_on
  from units u
  join begun_journeys j on j.staff = u.unit
  where u.unit_kind = 'staff' and j.began_on between add_days(u.starts_on, -$pre_days::bigint) and add_days(u.starts_on, -1)
)
select
  f.unit as unit,
  f.unit_kind as unit_kind,
  f.before as before,
  f.journey_id as journey_id,
  f.from_on as from_on,
  case when $window_days::bigint is null then $as_of::date else add_days(f.from_on, $window_days::bigint) end as until_on,
  case when $window_days::bigint is null then 1 when add_days(f.from_on, $window_days::bigint) <= $as_of::date then 1 else 0 end as is_mature
from found f
union all
select
  e.unit as unit,
  e.unit_kind as unit_kind,
  e.before as before,
  e.journey_id as journey_id,
  e.from_on as from_on,
  e.until_on as until_on,
  1 as is_mature
from earlier e
