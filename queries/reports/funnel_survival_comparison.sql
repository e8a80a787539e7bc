-- How long each segment took through a funnel, and whether the segments differ more than by chance.
-- The curves of funnel_survival; medians and the log-rank test as in survival_comparison.
-- grain: segment
-- audience: owner, manager stores
-- uses: entry_days, exits = funnel_exits, survival_bands, survival_medians, log_rank
-- finish: logRank
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
-- param conf_type varchar (log_log | log | plain) default log_log: of what the interval is taken: the logarithm of minus the logarithm of the share, its logarithm, or the share itself
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column people bigint not null: how many began
-- column events bigint not null: went on
-- column losses bigint not null: were lost
-- column median_days double: age by which half had gone on; null where they have not, as are the ends of its interval
-- column median_low double: lower end of the median's 95 % interval
-- column median_high double: upper end of it
-- column expected_events double not null: events to be expected of the segment if all segments were alike
-- column variance double not null: of events - expected_events
-- column chi_square double: (events - expected_events)² / variance: this segment against all others, one degree of freedom; null for a single one
-- column p double: p value of that
-- column verdict varchar: differs (at a false discovery rate of 5 % over all segments), within_noise, too_few (fewer than 10 expected); null for a single segment
-- column all_chi_square double: of all segments together; null for a single one
-- column all_degrees bigint: its degrees of freedom, segments - 1
-- column all_p double: p value of it
with counted as (
  select count(*)::bigint as segments, steady_sum(power(r.reached - r.expected, 2e0) / nullif(r.expected, 0)) as all_chi_square
  from log_rank r
),
tested as (
  select
    r.segment as segment,
    r.people as people,
    r.reached as reached,
    r.lost as lost,
    r.expected as expected,
    r.variance as variance,
    m.half_from as half_from,
    m.under_half_from as under_half_from,
    m.is_half as is_half,
    m.low_from as low_from,
    m.high_from as high_from,
    c.segments as segments,
    case when c.segments > 1 then power(r.reached - r.expected, 2e0) / nullif(r.variance, 0) end as chi_square,
    c.all_chi_square as all_chi_square
  from log_rank r
  join survival_medians m on m.segment is not distinct from r.segment
  cross join counted c
)
select
  t.segment::varchar as segment,
  t.people::bigint as people,
  t.reached::bigint as events,
  t.lost::bigint as losses,
  (case when t.is_half = 1 and t.under_half_from is not null then (t.half_from + t.under_half_from) / 2e0 else t.half_from end)::double as median_days,
  t.low_from::double as median_low,
  t.high_from::double as median_high,
  t.expected::double as expected_events,
  t.variance::double as variance,
  t.chi_square::double as chi_square,
  null::double as p,
  case when t.segments > 1 and t.expected < 10 then 'too_few' end::varchar as verdict,
  case when t.segments = 2 then t.chi_square when t.segments > 2 then t.all_chi_square end::double as all_chi_square,
  case when t.segments > 1 then t.segments - 1 end::bigint as all_degrees,
  null::double as all_p
from tested t
order by t.segment nulls last
