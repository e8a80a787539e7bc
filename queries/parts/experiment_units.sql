-- Units of an experiment: who or what was given which variant (experiment_assigned). Of a unit of which neither the assignment nor the
-- experiment's first day is known its own is taken: the day itself, or that of its first journey. The control is the variant that
-- $control names, else one whose name says so, else the first by name.
-- grain: unit
-- uses: $control, $as_of, experiment_assigned, experiment_unit_journeys
with firsts as (
  select j.unit as unit, min(j.began_on) as began_on
  from experiment_unit_journeys j
  group by j.unit
),
named as (
  select
    a.variant as variant,
    row_number() over (
      order by
        case
          when a.variant = $control::varchar then 0
          when lower(a.variant) in ('control', 'usual', 'baseline', 'a', '平时', '平時', '对照', '对照组', '對照', '對照組', '原版', '原方案', '照旧', '照舊') then 1
          else 2
        end,
        a.variant
    ) as variant_no
  from experiment_assigned a
  group by a.variant
)
select
  a.unit as unit,
  a.unit_kind as unit_kind,
  a.variant as variant,
  n.variant_no::bigint as variant_no,
  coalesce(a.assigned_on, f.began_on) as assigned_on,
  coalesce(a.starts_on, f.began_on) as starts_on,
  a.ends_on as ends_on
from experiment_assigned a
join named n on n.variant = a.variant
left join firsts f on f.unit = a.unit
where
  case
    when a.unit_kind = 'day' then a.unit <= $as_of::date::varchar
    else coalesce(a.assigned_on, f.began_on) <= $as_of::date
  end
