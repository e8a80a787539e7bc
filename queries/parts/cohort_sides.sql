-- The two cohorts that are compared: journeys begun in the asked period (after) and in the one it is held against (before).
-- age_days is the age that all of both have: days from the last day of the younger one to as_of. Where one period is longer
-- than the other, counts and money are those of a week (unit_days), else of the period.
-- grain: period_no
-- uses: $from, $to, $compare_from, $compare_to, $as_of
with sides as (
  select 0::bigint as period_no, 'after' as side, $from::date as starts_on, least($to::date, $as_of::date) as ends_on
  union all
  select 1::bigint as period_no, 'before' as side, $compare_from::date as starts_on, least($compare_to::date, $as_of::date) as ends_on
),
lengths as (
  select min(days_between(s.starts_on, s.ends_on)) + 1 as least_days, max(days_between(s.starts_on, s.ends_on)) + 1 as most_days, max(s.ends_on) as last_on
  from sides s
)
select
  s.period_no as period_no,
  s.side as side,
  s.starts_on as starts_on,
  s.ends_on as ends_on,
  add_days(s.starts_on, -182) as source_from,
  $as_of::date as source_to,
  (days_between(s.starts_on, s.ends_on) + 1)::bigint as days,
  (case when l.least_days = l.most_days then l.most_days else 7 end)::bigint as unit_days,
  days_between(l.last_on, $as_of::date)::bigint as age_days
from sides s
cross join lengths l
