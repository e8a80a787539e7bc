-- How many took each step of any funnel, and what became of those who entered it.
-- Steps are any events of the business, in data (see the parameter); a unit walks them in attempts, each begun by an event of
-- the first step. Whoever has not arrived is open while the window still runs on the data's last day, else lost: a young cohort
-- does not look bad for being young. Lost is also whoever was given up (leads.lost_at) since the day of its last step, unless a visit or
-- an order came on a later day or another of their journeys goes on; an order, once it is cancelled. In the cohort view converted + lost + open = entered, in each segment and period; the
-- period view counts each step on its own day and has no fates.
-- A step may have a limit of its own since the step before. In order and without a tolerance an attempt then goes the way that
-- comes furthest, and of those the one that arrives first: a second visit may leave the order in time where the first did not; it is open
-- while any way could still arrive. Strict, in any order or with a tolerance each step is taken by the first event that can.
-- Simultaneous events are in order. Of those that could take the same step it is the one that could take the fewest others, and
-- then the one whose row came in first, by batch, line and list: nothing is left to the order in which an engine reads them.
-- Whoever may not see single persons is told numbers of people in fives, no times, no rates of fewer than 25, and nothing of
-- fewer than five (see crowd-funnel.ts).
-- grain: segment, starts_on, step_no
-- audience: owner, manager stores, marketer
-- crowd: fives
-- uses: asked_steps, entry_days = viewed_days, funnel_taken, $count, $view, $grain
-- param steps varchar contract default [{"kind":"lead"},{"kind":"visit"},{"kind":"order"}]: JSON list of up to 20 steps {kind, name, where, within, optional, anchored}; a kind alone may stand for its step, and null for any event
-- param exclusions varchar optional contract: JSON list of events {kind, where, from, to} that void an attempt when they come between these two steps
-- param conditions varchar optional contract: JSON list of conditions {field, is | is_not | more | less | known} that every event has to meet
-- param from date default first_day: first business day of the entry, inclusive
-- param to date default as_of: last business day of the entry, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param order varchar (ordered | strict | unordered | anchored) default ordered: in order; in order with nothing in between; in any order; in any order between anchored steps
-- param window bigint (1 .. 100000) default 90: how long an attempt may take, inclusive
-- param window_unit varchar (second | minute | hour | day | week) default day: unit of the window
-- param tolerance bigint (0 .. 86400) default 0: seconds by which a step may be recorded too early and still be in order
-- param entry varchar (every | first | first_ever) default every: every event of the first step begins an attempt, the first in the period, or the first ever
-- param open boolean default false: attempts may begin at any step
-- param count varchar (people | leads | orders | totals | money) default people: what walks: persons, journeys, orders; totals counts every attempt, money adds what the steps of persons brought
-- param hold varchar (store | staff | order | journey) optional: what must be the same as at the first step
-- param view varchar (cohort | period) default cohort: by the day of the entry, or each step by its own day
-- param grain varchar (all | day | week | month) default all: one row for the whole period, or one for each part of it
-- param by varchar (type | outcome | item) optional segment: field whose values split the rows
-- param attribution varchar (first | last | step) default first: which step says the value of the segment, its event or else that event's journey: the entry, the last one taken, or the one below
-- param attribution_step bigint (1 .. 20) default 1: place of that step among the required ones
-- param where varchar[] filters: entries field=value; only events of journeys that have these
-- rows people: funnel_standing standing='all' last='false' open=$open
-- rows entered when $open = false: funnel_standing step_no='1' standing='all' last='false' open=$open
-- rows converted: funnel_standing standing='converted' last='false' open=$open
-- rows lost: funnel_standing standing='lost' last='false' open=$open
-- rows open: funnel_standing standing='open' last='false' open=$open
-- rows lost_here: funnel_standing standing='lost' last='true' open=$open
-- rows open_here: funnel_standing standing='open' last='true' open=$open
-- rows lost_before: funnel_standing standing='lost' before='true' open=$open
-- rows open_before: funnel_standing standing='open' before='true' open=$open
-- work open_here, open_before: customer_name, phone, store, staff_name, reached_at, open_until
-- column segment varchar: value of the segment, all without one, null where missing
-- column starts_on date: first day of the part of the period; null for the whole
-- column step_no bigint not null: place of the step
-- column step varchar: its name, else its kind; * for any event
-- column optional boolean not null: who goes on need not take it
-- column people bigint not null: how many took this step
-- column entered bigint not null: how many entered, whichever step they took first
-- column rate double: people / entered; null when that is 0
-- column rate_low double: Wilson's 95 % interval, lower end; cohort view only
-- column rate_high double: upper end
-- column from_previous double: people / those who took the required step before; cohort view only
-- column converted bigint: of the people, how many took the last step; cohort view only
-- column lost bigint: of the people, how many did not and cannot any more
-- column open bigint: of the people, how many have not yet and still can
-- column lost_here bigint: of the lost, how many took no later step
-- column open_here bigint: of the open, how many took no later step
-- column lost_before bigint: lost who came no further than an earlier step; null at optional steps
-- column open_before bigint: open who stand at an earlier step and may still take this one; null at optional steps
-- column average_seconds double: from the step before, over those who took this one
-- column median_seconds double: likewise
-- column amount decimal(18,2): money that the events of this step brought; with count = money only
with dated as (
  select
    t.*,
    add_days(date '1970-01-01', whole(floor(case when $view::varchar = 'cohort' then t.started_us else t.at_us end / 86400000000e0))) as day
  from funnel_taken t
),
counted as (
  select
    d.segment as segment,
    case $grain::varchar when 'day' then d.day when 'week' then week_start(d.day) when 'month' then month_start(d.day) end as starts_on,
    d.step_no as step_no,
    count(*)::bigint as people,
    sum((d.is_first)::int)::bigint as entered,
    sum((d.became = 'converted')::int)::bigint as converted,
    sum((d.became = 'lost')::int)::bigint as lost,
    sum((d.became = 'open')::int)::bigint as open,
    sum((d.became = 'lost' and d.is_last)::int)::bigint as lost_here,
    sum((d.became = 'open' and d.is_last)::int)::bigint as open_here,
    safe_ratio(sum(d.waited_us), count(d.waited_us)) / 1e6 as average_seconds,
    percentile(d.waited_us, 0.5e0) / 1e6 as median_seconds
    -- with count of money
    , sum(d.amount)::decimal(18,2) as amount
    -- end
  from dated d
  where $view::varchar = 'cohort' or d.day between $from::date and least($to::date, $as_of::date)
  group by 1, 2, 3
),
groups as (
  select c.segment as segment, c.starts_on as starts_on, sum(c.entered)::bigint as entered
  from counted c
  group by c.segment, c.starts_on
),
filled as (
  select
    g.segment as segment,
    g.starts_on as starts_on,
    g.entered as entered,
    s.step_no as step_no,
    coalesce(s.name, s.kind) as step,
    s.is_optional as is_optional,
    s.level as level,
    coalesce(c.people, 0)::bigint as people,
    c.converted as converted,
    c.lost as lost,
    c.open as open,
    c.lost_here as lost_here,
    c.open_here as open_here,
    c.average_seconds as average_seconds,
    c.median_seconds as median_seconds
    -- with count of money
    , c.amount as amount
    -- end
  from groups g
  cross join asked_steps s
  left join counted c on c.segment is not distinct from g.segment and c.starts_on is not distinct from g.starts_on and c.step_no = s.step_no
),
stood as (
  select
    f.*,
    coalesce(sum(f.lost_here) over (partition by f.segment, f.starts_on order by f.step_no rows between unbounded preceding and 1 preceding), 0) as lost_before,
    coalesce(sum(f.open_here) over (partition by f.segment, f.starts_on order by f.step_no rows between unbounded preceding and 1 preceding), 0) as open_before
  from filled f
),
told as (
  select
    s.segment as segment,
    s.starts_on as starts_on,
    s.step_no as step_no,
    s.step as step,
    s.is_optional as is_optional,
    s.level as level,
    fives($viewer_shown::varchar[], s.people) as people,
    fives($viewer_shown::varchar[], s.entered) as entered,
    fives($viewer_shown::varchar[], s.converted) as converted,
    fives($viewer_shown::varchar[], s.people) - fives($viewer_shown::varchar[], s.converted + s.open) as lost,
    fives($viewer_shown::varchar[], s.converted + s.open) - fives($viewer_shown::varchar[], s.converted) as open,
    fives($viewer_shown::varchar[], s.lost_here) as lost_here,
    fives($viewer_shown::varchar[], s.open_here) as open_here,
    case when length($viewer_shown::varchar[]) = 0 then s.lost_before else fives($viewer_shown::varchar[], s.entered) - fives($viewer_shown::varchar[], s.people + s.open_before) end as lost_before,
    fives($viewer_shown::varchar[], s.people + s.open_before) - fives($viewer_shown::varchar[], s.people) as open_before,
    case when length($viewer_shown::varchar[]) = 0 then 1 else 25 end as least,
    case when length($viewer_shown::varchar[]) = 0 then s.average_seconds end as average_seconds,
    case when length($viewer_shown::varchar[]) = 0 then s.median_seconds end as median_seconds
    -- with count of money
    , case when length($viewer_shown::varchar[]) = 0 then s.amount end as amount
    -- end
  from stood s
  where length($viewer_shown::varchar[]) = 0 or s.entered >= 5
),
rated as (
  select
    t.*,
    case when t.people >= t.least then t.people end as rate_people,
    case when t.entered >= t.least then t.entered end as rate_entered
  from told t
)
select
  l.segment::varchar as segment,
  l.starts_on::date as starts_on,
  l.step_no::bigint as step_no,
  l.step::varchar as step,
  l.is_optional::boolean as optional,
  l.people::bigint as people,
  l.entered::bigint as entered,
  safe_ratio(l.people, l.rate_entered)::double as rate,
  case when $view::varchar = 'cohort' then wilson_low(l.people, l.rate_entered) end::double as rate_low,
  case when $view::varchar = 'cohort' then wilson_high(l.people, l.rate_entered) end::double as rate_high,
  case when $view::varchar = 'cohort' then safe_ratio(l.people, p.rate_people) end::double as from_previous,
  case when $view::varchar = 'cohort' then coalesce(l.converted, 0) end::bigint as converted,
  case when $view::varchar = 'cohort' then coalesce(l.lost, 0) end::bigint as lost,
  case when $view::varchar = 'cohort' then coalesce(l.open, 0) end::bigint as open,
  case when $view::varchar = 'cohort' then coalesce(l.lost_here, 0) end::bigint as lost_here,
  case when $view::varchar = 'cohort' then coalesce(l.open_here, 0) end::bigint as open_here,
  case when $view::varchar = 'cohort' and not l.is_optional then l.lost_before end::bigint as lost_before,
  case when $view::varchar = 'cohort' and not l.is_optional then l.open_before end::bigint as open_before,
  l.average_seconds::double as average_seconds,
  l.median_seconds::double as median_seconds,
  case when $count::varchar = 'money' then 0
    -- with count of money
    + coalesce(l.amount, 0)
    -- end
  end::decimal(18,2) as amount
from rated l
left join rated p on
  p.segment is not distinct from l.segment and p.starts_on is not distinct from l.starts_on and not p.is_optional
  and p.level = case when l.is_optional then l.level else l.level - 1 end
order by l.segment nulls last, l.starts_on nulls first, l.step_no
