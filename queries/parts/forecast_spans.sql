-- Which cohorts are forecast on which day: those of the asked period in the end (is_final), and on earlier days those that were
-- as old then as these are now, up to a week more, until as_of.
-- grain: day_no, until_no, is_final, segment, starts_on
-- uses: forecast_members, forecast_days, $from, $to, $as_of
with cohorts as (
  select m.segment as segment, m.starts_on as starts_on, m.ends_on as ends_on
  from forecast_members m
  group by m.segment, m.starts_on, m.ends_on
),
asked as (
  select c.*
  from cohorts c
  where c.ends_on >= $from::date and c.starts_on <= least($to::date, $as_of::date)
),
oldest as (
  select max(days_between(a.ends_on, $as_of::date)) as age from asked a
)
select
  0::bigint as day_no,
  $as_of::date as made_on,
  0::bigint as until_no,
  $as_of::date as until_on,
  true as is_final,
  a.segment as segment,
  a.starts_on as starts_on
from asked a
union all
select
  d.day_no as day_no,
  d.made_on as made_on,
  0::bigint as until_no,
  $as_of::date as until_on,
  false as is_final,
  c.segment as segment,
  c.starts_on as starts_on
from cohorts c
cross join forecast_days d
cross join oldest o
where d.day_no > 0 and days_between(c.ends_on, d.made_on) between 0 and o.age + 13
