-- The asked period alone.
-- grain: period_no
-- uses: $from, $to, $as_of, $view
select
  0::bigint as period_no,
  $from::date as starts_on,
  least($to::date, $as_of::date) as ends_on,
  case $view::varchar when 'cohort' then add_days($from::date, -182) else add_days(least($to::date, $as_of::date), -181) end as source_from,
  case $view::varchar when 'cohort' then $as_of::date else least($to::date, $as_of::date) end as source_to,
  false as at_age
