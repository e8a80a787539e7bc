-- Days around a movable festival on which the shops were closed: at least half of the stores saw nobody.
-- Looked for from 7 days before the festival to 14 after it. A store saw somebody when it has a visit of any purpose or an
-- order that day: leads come in while the shop is shut. Where it did not on every other day of the 8 weeks before (few guests,
-- or no such lists), rows of any list are looked at; a store that had none of these either on every other day is not asked,
-- nor is one before its first or after its last day of data.
-- refreshed: whole
-- grain: festival, day
-- column festival varchar not null: key in the calendar
-- column day date not null: business day
with marks as materialized (
  select coalesce(d.store, '') as store_key, d.day as day, max((d.table_name <> 'leads')::int) as guests
  from table_days d
  where d.table_name in ('leads', 'visits', 'orders')
  group by coalesce(d.store, ''), d.day
),
stores as (
  select m.store_key as store_key, min(m.day) as first_day, max(m.day) as last_day
  from marks m
  group by m.store_key
),
festivals as (
  select
    f.festival as festival,
    f.closed_from as closed_from,
    f.closed_to as closed_to,
    s.store_key as store_key,
    s.last_day as last_day,
    greatest(s.first_day, add_days(f.closed_from, -56)) as usual_from
  from movable_festivals f
  cross join stores s
  where s.first_day < f.closed_from and s.last_day >= f.closed_from
),
usual_days as (
  select
    f.festival as festival,
    f.closed_from as closed_from,
    f.closed_to as closed_to,
    f.store_key as store_key,
    f.last_day as last_day,
    days_between(f.usual_from, f.closed_from) as days,
    sum(m.guests)::bigint as guest_days,
    count(m.day)::bigint as open_days
  from festivals f
  join marks m on m.store_key = f.store_key
  where m.day >= f.usual_from and m.day < f.closed_from
  group by f.festival, f.closed_from, f.closed_to, f.store_key, f.last_day, f.usual_from
),
asked_days as (
  select
    u.festival as festival,
    add_days(u.closed_from, n.generate_series::bigint) as day,
    u.store_key as store_key,
    (2 * u.guest_days >= u.days)::int as needs_guests
  from usual_days u
  cross join generate_series(0, 60) n
  where
    2 * u.open_days >= u.days
    and n.generate_series <= days_between(u.closed_from, least(u.closed_to, u.last_day))
)
select a.festival::varchar as festival, a.day::date as day
from asked_days a
left join marks m on m.store_key = a.store_key and m.day = a.day and m.guests >= a.needs_guests
group by a.festival, a.day
having 2 * count(m.day) <= count(*)
