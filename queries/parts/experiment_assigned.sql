-- Who or what was given which variant of an experiment, as the lists say: a unit is a lead, a customer, a day, a store or one of the
-- staff; a lead where the list does not say. Of a unit without a time of assignment the experiment's first day is taken.
-- grain: unit
-- uses: $id, $as_of
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
)
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
