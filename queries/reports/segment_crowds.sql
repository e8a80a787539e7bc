-- Whether the journeys of each value of a segment are enough to be shown to whoever may not see single persons: at least five.
-- Counted are the journeys that an answer is made of: in the cohort view those begun in the period, else those that came to
-- any step in it; of item, those to which it was offered. A value is shown where they are five in the asked period and, if
-- there is one, in the period of comparison. Where the others together are fewer, the smallest value that has enough is
-- hidden with them, so that nobody finds them by subtraction. With a grain the same is said of each day, week or month
-- once more; there the values that the whole period hides are one, called too_few.
-- grain: starts_on, value
-- audience: owner
-- uses: asked_journey_days, homes, reference_periods, revenue_periods
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: whose arithmetic
-- param grain varchar (all | day | week | month) default all: the parts of the period of which the same is said
-- param compare varchar (previous | last_year | mean_of_four) optional: the period is compared with the one before, that of last year, or the four before
-- param compare_from date optional: first business day of what the period is compared with
-- param compare_to date optional: last business day of what it is compared with
-- param compare_periods bigint (1 .. 52) default 1: how many periods before are averaged
-- param by varchar (item) segment: field, or item of the upsells
-- param where varchar[] filters: entries field=value
-- column starts_on date: first day of the day, week or month; null for the whole
-- column ends_on date: its last day; null for the whole
-- column value varchar: value of the field, null where missing
-- column people bigint not null: journeys in the asked period, or in that part of it
-- column shown boolean not null: they are enough
with spans as (
  select 0::bigint as window_no, 0::bigint as span_no, $from::date as starts_on, least($to::date, $as_of::date) as ends_on
  -- with compare
  union all
  select 1::bigint as window_no, p.period_no as span_no, p.starts_on as starts_on, p.ends_on as ends_on
  from reference_periods p
  where p.period_no <> 0
  -- end
  -- with compare_from
  union all
  select 1::bigint as window_no, p.period_no as span_no, p.starts_on as starts_on, p.ends_on as ends_on
  from revenue_periods p
  where p.side = 'before'
  -- end
),
crowds as (
  select
    j.segment as value,
    j.people as people,
    j.began_on as began_on,
    j.visited_on as visited_on,
    j.active_on as active_on,
    j.bought_on as bought_on,
    j.bought_again_on as bought_again_on,
    j.brought_friend_on as brought_friend_on
  from asked_journey_days j
  where coalesce($by::varchar, '') <> 'item'
  -- with by of item
  union all
  select
    t.item_type as value,
    1::bigint as people,
    min(case when $view::varchar = 'cohort' then t.ordered_on else t.happened_on end) as began_on,
    max(t.happened_on) as visited_on,
    null::date as active_on,
    null::date as bought_on,
    null::date as bought_again_on,
    null::date as brought_friend_on
  from touches t
  -- end
  -- with by of item
  join homes h on h.journey_id is not distinct from t.journey_id
  where t.kind in ('sold', 'declined') and t.happened_on <= $as_of::date
  group by t.item_type, coalesce(t.journey_id, t.order_id)
  -- end
),
numbered as materialized (
  select c.*, row_number() over (order by c.began_on, c.value)::bigint as row_no
  from crowds c
),
steps as (
  select s.step_no::bigint as step_no
  from (values (1), (2), (3), (4), (5), (6)) s(step_no)
),
dated as materialized (
  select
    n.row_no as row_no,
    n.value as value,
    n.people as people,
    case s.step_no
      when 1 then n.began_on
      when 2 then n.visited_on
      when 3 then n.active_on
      when 4 then n.bought_on
      when 5 then n.bought_again_on
      else n.brought_friend_on
    end as happened_on
  from numbered n
  cross join steps s
  where s.step_no = 1 or $view::varchar = 'period'
),
seen as materialized (
  select distinct s.window_no as window_no, d.row_no as row_no, d.value as value, d.people as people
  from dated d
  cross join spans s
  where d.happened_on between s.starts_on and s.ends_on
),
named as (
  select distinct s.value as value from seen s
),
windows as (
  select distinct s.window_no as window_no from seen s
),
counted as (
  select n.value as value, w.window_no as window_no, coalesce(sum(s.people), 0)::bigint as people
  from named n
  cross join windows w
  left join seen s on s.window_no = w.window_no and s.value is not distinct from n.value
  group by n.value, w.window_no
),
placed as (
  select
    c.*,
    sum(case when c.people < 5 then c.people else 0 end) over (partition by c.window_no) as few_people,
    row_number() over (partition by c.window_no order by case when c.people < 5 then 1 else 0 end, c.people, c.value nulls last)::bigint as place
  from counted c
),
judged as materialized (
  select
    p.value as value,
    sum(case when p.window_no = 0 then p.people else 0 end)::bigint as people,
    min(case when p.people < 5 or (p.place = 1 and p.few_people between 1 and 4) then 0 else 1 end) as is_shown
  from placed p
  group by p.value
),
parted as (
  select
    d.row_no as row_no,
    case when j.is_shown = 1 then d.value else 'too_few' end as value,
    d.people as people,
    case $grain::varchar when 'day' then d.happened_on when 'week' then week_start(d.happened_on) else month_start(d.happened_on) end as starts_on
  from dated d
  join judged j on j.value is not distinct from d.value
  where $grain::varchar <> 'all' and d.happened_on between $from::date and least($to::date, $as_of::date)
),
parts as (
  select p.value as value, p.starts_on as starts_on, sum(p.people)::bigint as people
  from (select distinct t.row_no as row_no, t.value as value, t.people as people, t.starts_on as starts_on from parted t) p
  group by p.value, p.starts_on
),
parts_placed as (
  select
    p.*,
    sum(case when p.people < 5 then p.people else 0 end) over (partition by p.starts_on) as few_people,
    row_number() over (partition by p.starts_on order by case when p.people < 5 then 1 else 0 end, p.people, p.value nulls last)::bigint as place
  from parts p
),
said as (
  select null::date as starts_on, j.value as value, j.people as people, (j.is_shown = 1)::boolean as shown
  from judged j
  union all
  select
    p.starts_on as starts_on,
    p.value as value,
    p.people as people,
    (p.people >= 5 and not (p.place = 1 and p.few_people between 1 and 4))::boolean as shown
  from parts_placed p
)
select
  s.starts_on::date as starts_on,
  case
    when s.starts_on is null then null
    when $grain::varchar = 'day' then s.starts_on
    when $grain::varchar = 'week' then add_days(s.starts_on, 6)
    else add_days(month_start(add_days(s.starts_on, 31)), -1)
  end::date as ends_on,
  s.value::varchar as value,
  s.people::bigint as people,
  s.shown::boolean as shown
from said s
order by s.starts_on nulls first, s.value nulls last
