-- Experiments: what is tried on whom, since when, and how many units each variant has.
-- An experiment that only assignments name has no name and no days of its own. Units are told apart into variants as assigned; which
-- one is the control: see experiment_units. Shares that differ from what was planned are a matter of the report experiment.
-- grain: experiment_id, variant
-- audience: owner, marketer
-- param as_of date default as_of: nothing later than this day is counted
-- column experiment_id varchar not null: as in the list
-- column variant varchar: as assigned; null while nobody is
-- column name varchar: of the experiment
-- column unit varchar: lead, customer, day, store or staff, as in the list
-- column metric varchar: what it should move, as in the list
-- column hypothesis varchar: what is expected of it, as in the list
-- column plan varchar: variants and their shares, as in the list
-- column starts_on date: first day, else that of the first assignment
-- column ends_on date: last day; null while it is open
-- column units bigint not null: units assigned by as_of
-- column running boolean not null: whether it has begun and not ended on as_of
with assigned as (
  select
    a.experiment_id as experiment_id,
    a.variant as variant,
    min(day_of(a.assigned_at)) as first_on,
    count(*)::bigint as units
  from exports.assignments a
  where a.variant is not null and (a.assigned_at is null or day_of(a.assigned_at) <= $as_of::date)
  group by a.experiment_id, a.variant
),
named as (
  select a.experiment_id as experiment_id from assigned a
  union all
  select e.experiment_id as experiment_id from exports.experiments e
),
ids as (
  select n.experiment_id as experiment_id from named n group by n.experiment_id
),
firsts as (
  select a.experiment_id as experiment_id, min(a.first_on) as first_on from assigned a group by a.experiment_id
)
select
  i.experiment_id::varchar as experiment_id,
  a.variant::varchar as variant,
  e.name::varchar as name,
  e.unit::varchar as unit,
  e.metric::varchar as metric,
  e.hypothesis::varchar as hypothesis,
  e.variants::varchar as plan,
  coalesce(e.starts_on, f.first_on)::date as starts_on,
  e.ends_on::date as ends_on,
  coalesce(a.units, 0)::bigint as units,
  (coalesce(coalesce(e.starts_on, f.first_on) <= $as_of::date, false) and coalesce(e.ends_on >= $as_of::date, true))::boolean as running
from ids i
left join exports.experiments e on e.experiment_id = i.experiment_id
left join firsts f on f.experiment_id = i.experiment_id
left join assigned a on a.experiment_id = i.experiment_id
order by coalesce(e.starts_on, f.first_on) desc nulls last, i.experiment_id, a.variant nulls last
