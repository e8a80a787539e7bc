-- What each store did week by week before and after a day on which something changed in one of them.
-- Weeks count from that day, so that none holds days of both sides. Journeys belong to the store and to the week in which they began;
-- those of a week that reached the step within window_days are a share of all of them, and a week is only told when all have had these
-- days. Signed money counts on its own day. A week in which the store has a gap, and one that begins before its first journey, are empty.
-- grain: store, week_no
-- audience: owner
-- param changed_store varchar: store in which something changed
-- param changed_on date: first day on which it was different
-- param measure varchar (leads | active | bought | signed) default bought: journeys begun, shares of them that came in or ordered, or money signed
-- param window_days bigint (0 .. 365) default 30: days in which a step counts
-- param weeks_before bigint (4 .. 156) default 78: weeks before
-- param weeks_after bigint (1 .. 52) default 26: weeks from that day on
-- param as_of date default as_of: nothing later than this day is counted
-- column store varchar not null: as recorded
-- column week_no bigint not null: weeks since that day; negative before it
-- column store_no bigint not null: 0 for that store, the others by name
-- column starts_on date not null: first day of the week
-- column ends_on date not null: last day of it
-- column people bigint not null: journeys begun in it
-- column value double: the measure; null where it is not known
with weeks as (
  select
    g.generate_series::bigint - 156 as week_no,
    add_days($changed_on::date, (g.generate_series::bigint - 156) * 7) as starts_on,
    add_days($changed_on::date, (g.generate_series::bigint - 156) * 7 + 6) as ends_on
  from generate_series(0, 207) g
),
asked_weeks as (
  select w.week_no as week_no, w.starts_on as starts_on, w.ends_on as ends_on
  from weeks w
  where w.week_no >= -$weeks_before::bigint and w.week_no < $weeks_after::bigint
    and add_days(w.ends_on, case when $measure::varchar in ('active', 'bought') then $window_days::bigint else 0 end) <= $as_of::date
),
begun as materialized (
  select j.store as store, j.began_on as began_on, j.active_on as active_on, j.bought_on as bought_on
  from begun_journeys j
  where j.store is not null and j.began_on <= $as_of::date
),
stores as (
  select
    b.store as store,
    min(b.began_on) as first_on,
    case when b.store = $changed_store::varchar then 0 else row_number() over (partition by b.store = $changed_store::varchar order by b.store) end as store_no
  from begun b
  group by b.store
),
counted as (
  select
    b.store as store,
    w.week_no as week_no,
    count(*)::bigint as people,
    sum((coalesce(days_between(b.began_on, b.active_on) <= $window_days::bigint, false))::int)::bigint as active,
    sum((coalesce(days_between(b.began_on, b.bought_on) <= $window_days::bigint, false))::int)::bigint as bought
  from begun b
  join asked_weeks w on b.began_on between w.starts_on and w.ends_on
  group by b.store, w.week_no
),
signed as (
  select m.store as store, w.week_no as week_no, sum(m.amount)::double as amount
  from money_entries m
  join asked_weeks w on m.happened_on between w.starts_on and w.ends_on
  where m.kind in ('first_order', 'repeat_order') and m.store is not null
  group by m.store, w.week_no
),
missing as (
  select g.store as store, w.week_no as week_no
  from gaps g
  join asked_weeks w on g.from_on <= w.ends_on and g.to_on >= w.starts_on
  where g.store is not null
  group by g.store, w.week_no
)
select
  s.store::varchar as store,
  w.week_no::bigint as week_no,
  s.store_no::bigint as store_no,
  w.starts_on::date as starts_on,
  w.ends_on::date as ends_on,
  coalesce(c.people, 0)::bigint as people,
  (case
    when m.store is not null or w.starts_on < s.first_on then null::double
    when $measure::varchar = 'leads' then coalesce(c.people, 0)::double
    when $measure::varchar = 'active' then safe_ratio(c.active, c.people)
    when $measure::varchar = 'bought' then safe_ratio(c.bought, c.people)
    else coalesce(a.amount, 0e0)
  end)::double as value
from stores s
cross join asked_weeks w
left join counted c on c.store = s.store and c.week_no = w.week_no
left join signed a on a.store = s.store and a.week_no = w.week_no
left join missing m on m.store = s.store and m.week_no = w.week_no
order by s.store, w.week_no
