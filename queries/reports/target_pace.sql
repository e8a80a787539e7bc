-- What was planned and how far it has come: each target whose period touches the asked days.
-- A target names a metric, a period and a scope. Metrics: leads, visits (consultations), orders, signed, upsold, collected.
-- Periods: a year (2026), quarter (2026-Q3), month (2026-10), week (2026-W43, or its Monday 2026-10-19). The scope is a
-- person (number or name in the list of staff), a store, or all. A lead counts for its inviter, a visit for who received it,
-- an order and its money for who signed it, an upsell for who sold it; payments name nobody. Of what cannot be understood
-- only the plan is given. Pace compares what has come with the share of the plan that the days gone by should have brought,
-- each day like any other. A manager sees the targets of the own stores and of their people
-- (see staff_members).
-- grain: metric, scope, period
-- audience: owner, manager stores, staff own
-- viewer: in the text
-- uses: staff_homes
-- param from date default as_of: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param staff varchar optional: only the targets of this person (number in the list of staff)
-- formula pace: so_far / due
-- column metric varchar not null: as exported
-- column scope varchar not null: as exported
-- column period varchar not null: as exported
-- column scope_kind varchar: staff, store or all; null where nobody knows the scope
-- column staff_id varchar: who, where the scope is a person
-- column name varchar: name in the list of staff
-- column starts_on date not null: first business day of the period
-- column ends_on date not null: last business day of the period
-- column days bigint not null: days of the period
-- column days_gone bigint not null: of those, days up to as_of
-- column planned decimal(18,2): the target; money in the firm's currency
-- column so_far decimal(18,2): what has come up to as_of; null where metric or scope is not known
-- column due decimal(18,2): planned × days_gone / days
-- column pace double: so_far / due; null where nothing is due
-- column forecast decimal(18,2): so_far × days / days_gone, if it goes on like this
-- column to_go_per_day decimal(18,2): what each of the remaining days has to bring; null where none remains or the target is met
with days as (
  select add_days($from::date, g.generate_series::bigint) as day
  from generate_series(0, 7320) g
  where g.generate_series <= days_between($from::date, $to::date)
),
dated as (
  select
    d.day as day,
    week_start(d.day) as week_on,
    add_days(week_start(d.day), 3) as thursday,
    month_start(d.day) as month_on,
    extract(month from d.day)::bigint as month_no,
    extract(year from d.day)::bigint as year_no
  from days d
),
quartered as (
  select
    d.*,
    extract(year from d.thursday)::bigint as week_year,
    whole(safe_ratio(extract(doy from d.thursday)::bigint + 6, 7)) as week_no,
    whole(safe_ratio(d.month_no + 2, 3)) as quarter_no,
    case d.month_no % 3 when 1 then d.month_on when 2 then month_start(add_days(d.month_on, -15)) else month_start(add_days(d.month_on, -45)) end as quarter_on,
    month_start(add_days(d.day, 1 - extract(doy from d.day)::bigint)) as year_on
  from dated d
),
periods as (
  select q.week_on::varchar as period, q.week_on as starts_on, add_days(q.week_on, 6) as ends_on from quartered q
  union
  select q.week_year::varchar || '-W' || lpad(q.week_no::varchar, 2, '0') as period, q.week_on as starts_on, add_days(q.week_on, 6) as ends_on from quartered q
  union
  select substring(q.month_on::varchar, 1, 7) as period, q.month_on as starts_on, add_days(month_start(add_days(q.month_on, 31)), -1) as ends_on from quartered q
  union
  select q.year_no::varchar || '-Q' || q.quarter_no::varchar as period, q.quarter_on as starts_on, add_days(month_start(add_days(q.quarter_on, 95)), -1) as ends_on from quartered q
  union
  select q.year_no::varchar as period, q.year_on as starts_on, add_days(month_start(add_days(q.year_on, 370)), -1) as ends_on from quartered q
),
stores as (
  select distinct d.store as store from table_days d where d.store is not null
),
people as (
  select s.staff_id as staff_id, s.staff_id as called from exports.staff s
  union
  select min(s.staff_id) as staff_id, s.name as called from exports.staff s where s.name is not null group by s.name having count(*) = 1
),
facts as (
  select 'leads' as metric, j.began_on as day, j.inviter as staff_id, j.store as store, 1::decimal(18,2) as amount
  from begun_journeys j
  where j.kind = 'lead'
  union all
  select case a.kind when 'visit' then 'visits' else 'orders' end as metric, a.happened_on as day, a.staff_id as staff_id, coalesce(a.store, j.store) as store, 1::decimal(18,2) as amount
  from acts a
  join begun_journeys j on j.journey_id = a.journey_id
  union all
  select
    case m.kind when 'upsell' then 'upsold' when 'payment' then 'collected' else 'signed' end as metric,
    m.happened_on as day,
    m.staff_id as staff_id,
    m.store as store,
    m.amount as amount
  from money_entries m
  where m.kind <> 'taken_back'
),
targets as materialized (
  select
    t.metric as metric,
    t.scope as scope,
    t.period as period,
    money(t.value) as planned,
    p.starts_on as starts_on,
    p.ends_on as ends_on,
    e.staff_id as staff_id,
    case when e.staff_id is not null then 'staff' when s.store is not null then 'store' when lower(t.scope) = 'all' then 'all' end as scope_kind
  from exports.targets t
  join periods p on p.period = t.period
  left join people e on e.called = t.scope
  left join stores s on s.store = t.scope
  left join staff_homes l on l.staff_id = e.staff_id
  where
    ($staff::varchar is null or e.staff_id = $staff::varchar)
    and ($viewer_staff::varchar is null or e.staff_id = $viewer_staff::varchar)
    and (
      length($viewer_stores::varchar[]) = 0
      or is_in($viewer_stores::varchar[], coalesce(case when e.staff_id is null then s.store else l.store end, ''))
    )
),
counted as (
  select t.metric as metric, t.scope as scope, t.period as period, sum(f.amount)::decimal(18,2) as so_far
  from targets t
  join facts f on f.metric = lower(t.metric)
  where
    f.day between t.starts_on and least(t.ends_on, $as_of::date)
    and case t.scope_kind when 'staff' then f.staff_id = t.staff_id when 'store' then f.store = t.scope when 'all' then true else false end
  group by t.metric, t.scope, t.period
),
dues as (
  select
    t.*,
    case
      when t.scope_kind is not null and lower(t.metric) in ('leads', 'visits', 'orders', 'signed', 'upsold', 'collected')
        then coalesce(c.so_far, 0)
    end::decimal(18,2) as so_far,
    (days_between(t.starts_on, t.ends_on) + 1)::bigint as days,
    greatest(days_between(t.starts_on, least(t.ends_on, $as_of::date)) + 1, 0)::bigint as days_gone
  from targets t
  left join counted c on c.metric = t.metric and c.scope = t.scope and c.period = t.period
),
paced as (
  select d.*, money(d.planned::double * safe_ratio(d.days_gone, d.days)) as due
  from dues d
)
select
  p.metric::varchar as metric,
  p.scope::varchar as scope,
  p.period::varchar as period,
  p.scope_kind::varchar as scope_kind,
  p.staff_id::varchar as staff_id,
  s.name::varchar as name,
  p.starts_on::date as starts_on,
  p.ends_on::date as ends_on,
  p.days::bigint as days,
  p.days_gone::bigint as days_gone,
  p.planned::decimal(18,2) as planned,
  p.so_far::decimal(18,2) as so_far,
  p.due::decimal(18,2) as due,
  safe_ratio(p.so_far, p.due)::double as pace,
  money(p.so_far::double * safe_ratio(p.days, p.days_gone))::decimal(18,2) as forecast,
  case when p.planned > p.so_far then money_per(p.planned - p.so_far, p.days - p.days_gone) end::decimal(18,2) as to_go_per_day
from paced p
left join staff_homes s on s.staff_id = p.staff_id
order by p.starts_on, p.ends_on, p.metric, p.scope, p.period
