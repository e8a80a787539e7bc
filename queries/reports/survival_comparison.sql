-- How long each segment's journeys took to a step, and whether the segments differ more than by chance.
-- Medians with their intervals as R's survfit gives them: where the curve, or a limit of it, first is at most one half; in the
-- middle of the two ages between which it is one half. The log-rank test (Mantel 1966, Cancer Chemotherapy Reports 50:163) compares
-- what went on in each segment with what was to be expected of it at each age if all were alike; a loss counts as
-- leaving. Of more than two segments the test of all together is its conservative approximation, the sum of (events - expected)² /
-- expected (Peto & Pike 1973, Biometrics 29:579).
-- grain: segment
-- audience: owner, manager stores, marketer
-- crowd: begun
-- uses: exits = journey_exits, survival_bands, survival_medians, log_rank
-- finish: logRank
-- param from date default first_day: first business day of the journey's beginning, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param step varchar (active | bought | bought_again | brought_friend) default bought: which step
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
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
