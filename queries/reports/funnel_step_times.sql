-- How long people took from one step of a funnel to another, in bands of equal width.
-- The same attempts as funnel_steps; those that took both steps. The first band begins at the shortest time, in whole seconds; the
-- last holds what reaches the end of the others. Without `bins` there are as many as the cube root of the people, rounded up.
-- grain: segment, bin_no
-- audience: owner, manager stores
-- uses: funnel_taken, $from_step, $to_step, $bins
-- param from_step bigint (1 .. 20) default 1: place of the step from which the time runs
-- param to_step bigint (1 .. 20) default 2: place of the step up to which it runs
-- param bins bigint (1 .. 90) optional: how many bands
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
-- param by varchar (type | outcome | item) optional segment: field whose values split the rows
-- param attribution varchar (first | last | step) default first: which step says the value of the segment, its event or else that event's journey: the entry, the last one taken, or the one below
-- param attribution_step bigint (1 .. 20) default 1: place of that step among the required ones
-- param where varchar[] filters: entries field=value; only events of journeys that have these
-- rows people: funnel_standing step_no=$to_step also=$from_step standing='all' last='false' open=$open
-- rows all_people: funnel_standing step_no=$to_step also=$from_step standing='all' last='false' from_seconds='' to_seconds='' open=$open
-- column segment varchar: value of the segment, all without one, null where missing
-- column bin_no bigint not null: place of the band
-- column from_seconds double not null: lower bound, inclusive
-- column to_seconds double not null: upper bound, exclusive
-- column people bigint not null: how many took that long
-- column all_people bigint not null: how many took both steps
-- column average_seconds double not null: of all of them
-- column median_seconds double not null: of all of them
-- column p10_seconds double not null: a tenth took no longer
-- column p90_seconds double not null: nine tenths took no longer
with times as (
  select
    e.segment as segment,
    greatest(e.at_us - b.at_us, 0) as waited_us,
    greatest(e.at_us - b.at_us, 0) / 1e6 as seconds
  from funnel_taken b
  join funnel_taken e on e.attempt = b.attempt
  where b.step_no = $from_step::bigint and e.step_no = $to_step::bigint
),
spans as (
  select
    t.segment as segment,
    count(*)::bigint as people,
    floor(min(t.seconds)) as least,
    ceil(max(t.seconds)) as most,
    coalesce($bins::bigint, least(60, whole(ceil(power(count(*)::double, 1e0 / 3e0) - 1e-9))))::bigint as bins,
    safe_ratio(sum(t.waited_us), count(*)) / 1e6 as average_seconds,
    percentile(t.seconds, 0.5e0) as median_seconds,
    percentile(t.seconds, 0.1e0) as p10_seconds,
    percentile(t.seconds, 0.9e0) as p90_seconds
  from times t
  group by t.segment
),
sized as (
  select s.*, case when s.most > s.least then ceil((s.most - s.least) / s.bins) else 60e0 end as width
  from spans s
),
counted as (
  select s.segment as segment, least(whole(floor((t.seconds - s.least) / s.width)), s.bins)::bigint as bin_no, count(*)::bigint as people
  from times t
  join sized s on s.segment is not distinct from t.segment
  group by 1, 2
)
select
  s.segment::varchar as segment,
  n.generate_series::bigint as bin_no,
  (s.least + n.generate_series * s.width)::double as from_seconds,
  (s.least + (n.generate_series + 1) * s.width)::double as to_seconds,
  coalesce(c.people, 0)::bigint as people,
  s.people::bigint as all_people,
  s.average_seconds::double as average_seconds,
  s.median_seconds::double as median_seconds,
  s.p10_seconds::double as p10_seconds,
  s.p90_seconds::double as p90_seconds
from sized s
cross join generate_series(0, 90) n
left join counted c on c.segment is not distinct from s.segment and c.bin_no = n.generate_series::bigint
where n.generate_series::bigint <= s.bins
order by s.segment nulls last, n.generate_series::bigint
