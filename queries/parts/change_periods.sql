-- The compared periods at the age that all of them have, and the asked one once more as it stands so far (period_no -1).
-- Sources are those of the asked period.
-- grain: period_no
-- uses: $from, $to, $as_of, $view, compared_periods
with asked as (
  select p.*, ($view::varchar = 'cohort')::boolean as at_age
  from compared_periods p
  union all
  select
    -1::bigint as period_no,
    $from::date as starts_on,
    least($to::date, $as_of::date) as ends_on,
    null::varchar as matched_festival,
    null::bigint as festival_days,
    false as in_closure,
    false as is_history,
    false as is_reference,
    false as at_age
)
select
  a.*,
  case $view::varchar when 'cohort' then add_days($from::date, -182) else add_days(least($to::date, $as_of::date), -181) end as source_from,
  case $view::varchar when 'cohort' then $as_of::date else least($to::date, $as_of::date) end as source_to
from asked a
