-- The whole weeks from Monday, or months, that the asked period touches.
-- grain: period_no
-- uses: $from, $to, $as_of, $view, $grain
with firsts as (
  select distinct
    case $grain::varchar
      when 'month' then month_start(add_days(month_start($from::date), 28 * g.generate_series::bigint))
      else add_days(week_start($from::date), 7 * g.generate_series::bigint)
    end as starts_on
  from generate_series(0, 7320) g
  where g.generate_series <= days_between($from::date, least($to::date, $as_of::date)) + 1
),
wholes as (
  select
    f.starts_on as starts_on,
    case $grain::varchar when 'month' then add_days(month_start(add_days(f.starts_on, 31)), -1) else add_days(f.starts_on, 6) end as whole_to
  from firsts f
  where f.starts_on <= least($to::date, $as_of::date)
)
select
  days_between(date '1970-01-01', w.starts_on)::bigint as period_no,
  w.starts_on as starts_on,
  least(w.whole_to, $as_of::date) as ends_on,
  case $view::varchar when 'cohort' then add_days(w.starts_on, -182) else add_days(least(w.whole_to, $as_of::date), -181) end as source_from,
  case $view::varchar when 'cohort' then $as_of::date else least(w.whole_to, $as_of::date) end as source_to,
  false as at_age,
  w.whole_to as whole_to
from wholes w
