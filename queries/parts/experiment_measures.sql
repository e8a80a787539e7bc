-- What each unit of an experiment brought by each metric, and how many it could have been: of a lead or customer whether, of a day,
-- store or person how many of its journeys. Active is who visited or ordered in these days, for the first time or again; closing is
-- orders among them, cancelled among those who bought; money adds up. Leads and customers of whom nothing is known, and those whose
-- time is not over, are left out; a day without journeys is not.
-- grain: unit, metric
-- uses: experiment_metrics, experiment_units, experiment_journeys, $stratify
with units as materialized (
  select u.* from experiment_units u
),
spans as materialized (
  select e.* from experiment_journeys e where e.is_mature = 1
),
moneys as (
  select
    s.unit as unit,
    s.before as before,
    s.journey_id as journey_id,
    sum((m.kind in ('first_order', 'repeat_order'))::int)::bigint as orders,
    sum(case when m.kind in ('first_order', 'repeat_order') then m.amount else 0 end)::decimal(18,2) as signed,
    sum(case when m.kind in ('first_order', 'repeat_order', 'taken_back') then m.amount else 0 end)::decimal(18,2) as net,
    sum(case when m.kind = 'upsell' then m.amount else 0 end)::decimal(18,2) as upsold
  from spans s
  join money_entries m on m.journey_id = s.journey_id
  where m.happened_on between s.from_on and s.until_on
  group by s.unit, s.before, s.journey_id
),
came as (
  select s.unit as unit, s.before as before, s.journey_id as journey_id, count(*)::bigint as acts
  from spans s
  join acts a on a.journey_id = s.journey_id
  where a.happened_on between s.from_on and s.until_on
  group by s.unit, s.before, s.journey_id
),
outcomes as (
  select
    s.unit as unit,
    s.unit_kind as unit_kind,
    s.before as before,
    case when c.acts > 0 then 1 else 0 end as active,
    case when m.orders > 0 then 1 else 0 end as bought,
    case when j.lost_on between s.from_on and s.until_on then 1 else 0 end as lost,
    case when j.cancelled_on between s.from_on and s.until_on then 1 else 0 end as cancelled,
    coalesce(m.signed, 0)::decimal(18,2) as signed,
    coalesce(m.net, 0)::decimal(18,2) as net,
    coalesce(m.upsold, 0)::decimal(18,2) as upsold
  from spans s
  join begun_journeys j on j.journey_id = s.journey_id
  left join came c on c.unit = s.unit and c.before = s.before and c.journey_id = s.journey_id
  left join moneys m on m.unit = s.unit and m.before = s.before and m.journey_id = s.journey_id
),
summed as (
  select
    o.unit as unit,
    o.before as before,
    case when o.unit_kind in ('lead', 'customer') then 1 else count(*) end as journeys,
    case when o.unit_kind in ('lead', 'customer') then max(o.active) else sum(o.active) end as active,
    case when o.unit_kind in ('lead', 'customer') then max(o.bought) else sum(o.bought) end as bought,
    case when o.unit_kind in ('lead', 'customer') then max(o.lost) else sum(o.lost) end as lost,
    case when o.unit_kind in ('lead', 'customer') then max(o.cancelled) else sum(o.cancelled) end as cancelled,
    sum(o.signed)::decimal(18,2) as signed,
    sum(o.net)::decimal(18,2) as net,
    sum(o.upsold)::decimal(18,2) as upsold
  from outcomes o
  group by o.unit, o.unit_kind, o.before
),
strata as (
  select
    e.unit as unit,
    min(case $stratify::varchar when 'store' then j.store when 'channel' then j.channel when 'campaign' then j.campaign when 'city' then j.city when 'age_group' then j.age_group end) as stratum
  from spans e
  join begun_journeys j on j.journey_id = e.journey_id
  where e.before = 0
  group by e.unit
),
measured as (
  select
    s.unit as unit,
    s.before as before,
    m.metric_no as metric_no,
    m.metric as metric,
    (case m.metric
      when 'active' then s.active
      when 'bought' then s.bought
      when 'closing' then case when s.active > 0 then s.bought else 0 end
      when 'signed' then s.signed
      when 'net' then s.net
      when 'upsold' then s.upsold
      when 'lost' then s.lost
      else s.cancelled
    end)::double as main,
    (case m.metric when 'closing' then s.active when 'cancelled' then s.bought else s.journeys end)::double as base
  from summed s
  cross join experiment_metrics m
)
select
  u.unit as unit,
  u.variant as variant,
  u.variant_no as variant_no,
  m.metric_no as metric_no,
  m.metric as metric,
  t.stratum as stratum,
  coalesce(d.main, 0e0) as main,
  coalesce(d.base, 0e0) as base,
  coalesce(b.main, 0e0) as main_before,
  coalesce(b.base, 0e0) as base_before
from units u
cross join experiment_metrics m
left join strata t on t.unit = u.unit
left join measured d on d.unit = u.unit and d.before = 0 and d.metric = m.metric
left join measured b on b.unit = u.unit and b.before = 1 and b.metric = m.metric
where d.unit is not null or u.unit_kind in ('day', 'store', 'staff')
