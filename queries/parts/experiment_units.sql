-- Units of an experiment: who or what was given which variant. A unit is a lead, a customer, a day, a store or one of the staff; a
-- lead where the list does not say. Of a unit without a time of assignment the experiment's first day is taken, where that is not known
-- either the unit's own: the day itself, or that of its first journey. The control is the variant that $control names, else one whose
-- name says so, else the first by name.
-- grain: unit
-- uses: $id, $control, $as_of
with asked as (
  select
    e.experiment_id as experiment_id,
    case
      when lower(e.unit) in ('customer', 'customers', 'client', 'clients', '客户', '客戶', '顾客', '顧客') then 'customer'
      when lower(e.unit) in ('day', 'days', 'date', '天', '日', '日期') then 'day'
      when lower(e.unit) in ('store', 'stores', 'shop', '门店', '門市', '分店', '店') then 'store'
      when lower(e.unit) in ('staff', 'person', 'seller', '员工', '員工') then 'staff'
      else 'lead'
    end as unit_kind,
    e.starts_on as starts_on,
    e.ends_on as ends_on
  from exports.experiments e
  where e.experiment_id = $id::varchar
),
assigned as (
  select
    a.unit as unit,
    coalesce(q.unit_kind, 'lead') as unit_kind,
    a.variant as variant,
    coalesce(day_of(a.assigned_at), q.starts_on) as assigned_on,
    coalesce(q.starts_on, day_of(a.assigned_at)) as starts_on,
    least(coalesce(q.ends_on, $as_of::date), $as_of::date) as ends_on
  from exports.assignments a
  left join asked q on q.experiment_id = a.experiment_id
  where a.experiment_id = $id::varchar and a.variant is not null
),
undated as materialized (
  select a.unit as unit, a.unit_kind as unit_kind from assigned a where a.assigned_on is null
),
journeyed as (
  select u.unit as unit, j.began_on as began_on
  from undated u
  join begun_journeys j on j.journey_id = 'L:' || u.unit
  where u.unit_kind = 'lead'
  union all
  select u.unit as unit, j.began_on as began_on
  from undated u
  join begun_journeys j on j.customer_id = u.unit
  where u.unit_kind = 'customer'
  union all
  select u.unit as unit, j.began_on as began_on
  from undated u
  join begun_journeys j on j.began_on::varchar = u.unit
  where u.unit_kind = 'day'
  union all
  select u.unit as unit, j.began_on as began_on
  from undated u
  join begun_journeys j on j.store = u.unit
  where u.unit_kind = 'store'
  union all
  select u.unit as unit, j.began_on as began_on
  from undated u
  join begun_journeys j on j.staff = u.unit
  where u.unit_kind = 'staff'
),
firsts as (
  select j.unit as unit, min(j.began_on) as began_on
  from journeyed j
  group by j.unit
),
named as (
  select
    a.variant as variant,
    row_number() over (
      order by
        case
          when a.variant = $control::varchar then 0
          when lower(a.variant) in ('control', 'usual', 'baseline', 'a', '对照', '对照组', '對照', '對照組', '原版', '原方案', '照旧', '照舊') then 1
          else 2
        end,
        a.variant
    ) as variant_no
  from assigned a
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
from assigned a
join named n on n.variant = a.variant
left join firsts f on f.unit = a.unit
where
  case
    when a.unit_kind = 'day' then a.unit <= $as_of::date::varchar
    else coalesce(a.assigned_on, f.began_on) <= $as_of::date
  end
