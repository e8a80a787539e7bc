-- The two sides that revenue is compared on: the asked period (after) and what it is held against (before).
-- Several periods before count as their mean: each further one lies as many whole weeks earlier as one needs.
-- grain: period_no
-- uses: $from, $to, $compare_from, $compare_to, $compare_periods, $as_of
with units as (
  select 7 * whole(safe_ratio(days_between($compare_from::date, $compare_to::date) + 7, 7)) as unit_days
),
starts as (
  select 0::bigint as period_no, 'after' as side, $from::date as starts_on, $to::date as ends_on
  union all
  select
    g.generate_series::bigint + 1 as period_no,
    'before' as side,
    add_days($compare_from::date, -g.generate_series * u.unit_days) as starts_on,
    add_days($compare_to::date, -g.generate_series * u.unit_days) as ends_on
  from units u
  cross join generate_series(0, 51) g
  where g.generate_series < $compare_periods::bigint
)
select s.period_no as period_no, s.side as side, s.starts_on as starts_on, least(s.ends_on, $as_of::date) as ends_on
from starts s
