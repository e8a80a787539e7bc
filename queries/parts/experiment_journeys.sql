-- Journeys of the units of an experiment, each with the days on which its outcomes count, and once more (before = 1) with those
-- before the experiment that a unit's habit is read from. Leads and customers count from the assignment on; days, stores and staff by
-- the journeys begun on the day or in the experiment's days, each from its beginning on. With window_days that is so many days; who
-- has not had them all by as_of is not mature. Only customers, stores and staff have a time before: pre_days up to the beginning.
-- grain: unit, before, journey_id
-- uses: experiment_units, experiment_unit_journeys, $as_of, $window_days, $pre_days
with units as materialized (
  select u.* from experiment_units u
),
unit_journeys as materialized (
  select u.unit as unit, u.unit_kind as unit_kind, u.assigned_on as assigned_on, u.starts_on as starts_on, u.ends_on as ends_on, j.journey_id as journey_id, j.began_on as began_on
  from units u
  join experiment_unit_journeys j on j.unit = u.unit
),
found as (
  select
    j.unit as unit,
    j.unit_kind as unit_kind,
    0::bigint as before,
    j.journey_id as journey_id,
    case when j.unit_kind in ('lead', 'customer') then j.assigned_on else j.began_on end as from_on
  from unit_journeys j
  where j.unit_kind in ('lead', 'customer', 'day') or j.began_on between j.starts_on and j.ends_on
),
earlier as (
  select
    j.unit as unit,
    j.unit_kind as unit_kind,
    1::bigint as before,
    j.journey_id as journey_id,
    case when j.unit_kind = 'customer' then add_days(j.assigned_on, -$pre_days::bigint) else j.began_on end as from_on,
    add_days(case when j.unit_kind = 'customer' then j.assigned_on else j.starts_on end, -1) as until_on
  from unit_journeys j
  where
    j.unit_kind = 'customer'
    or (j.unit_kind in ('store', 'staff') and j.began_on between add_days(j.starts_on, -$pre_days::bigint) and add_days(j.starts_on, -1))
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
