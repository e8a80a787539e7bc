-- Which cohorts are forecast on which past day: in the end (is_final), where it has come and lay at least 90 days, or the asked
-- horizon, ahead; and those of the year before that day
-- every fourth week, until it.
-- grain: day_no, until_no, is_final, segment, starts_on
-- uses: forecast_members, forecast_curves, forecast_days, $from, $to, $as_of, $weeks, $horizon
with cohorts as (
  select m.segment as segment, m.starts_on as starts_on, m.ends_on as ends_on, min(m.known_until) as known_until
  from forecast_members m
  group by m.segment, m.starts_on, m.ends_on
),
horizons as (
  select c.day_no as day_no, c.segment as segment, c.horizon_days as horizon_days
  from forecast_curves c
  where c.age = 0
),
finals as (
  select d.day_no as day_no, d.made_on as made_on, c.segment as segment, c.starts_on as starts_on
  from cohorts c
  cross join forecast_days d
  join horizons h on h.day_no = d.day_no and h.segment is not distinct from c.segment
  where
    c.starts_on >= $from::date
    and c.ends_on <= $to::date
    and days_between(c.ends_on, d.made_on) between 0 and 7 * $weeks::bigint + 6
    and h.horizon_days >= least($horizon::bigint, 90)
    and add_days(c.ends_on, h.horizon_days) <= c.known_until
),
judges as (
  select distinct f.day_no as day_no, f.made_on as made_on
  from finals f
),
judged as (
  select d.day_no as day_no, d.made_on as made_on, j.day_no as until_no, j.made_on as until_on
  from judges j
  join forecast_days d on d.day_no > j.day_no and d.day_no <= j.day_no + 52
  where whole((d.day_no - j.day_no) / 4e0) * 4 = d.day_no - j.day_no
)
select
  f.day_no as day_no,
  f.made_on as made_on,
  f.day_no as until_no,
  f.made_on as until_on,
  true as is_final,
  f.segment as segment,
  f.starts_on as starts_on
from finals f
union all
select
  j.day_no as day_no,
  j.made_on as made_on,
  j.until_no as until_no,
  j.until_on as until_on,
  false as is_final,
  c.segment as segment,
  c.starts_on as starts_on
from cohorts c
cross join judged j
where days_between(c.ends_on, j.made_on) between 0 and 7 * $weeks::bigint + 13
