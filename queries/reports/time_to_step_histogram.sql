-- How the days to a step are spread, in bands that widen.
-- The same journeys and days as time_to_step; the band under 0 holds the bad dates.
-- grain: segment, bucket_no
-- audience: owner, manager stores, marketer
-- crowd: begun
-- uses: asked_journeys, journey_waits
-- param from date default first_day: first business day of the journey's beginning, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param step varchar (active | bought | bought_again | brought_friend) default bought: which step
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column bucket_no bigint not null: place of the band
-- column from_days double: lower bound, inclusive; null for bad dates
-- column to_days double: upper bound, exclusive; null for the last
-- column people bigint not null: journeys in the band
with bands as (
  select b.bucket_no::bigint as bucket_no, b.from_days::double as from_days, b.to_days::double as to_days
  from (
    values
      (0, null, 0), (1, 0, 1), (2, 1, 2), (3, 2, 4), (4, 4, 7), (5, 7, 14), (6, 14, 30),
      (7, 30, 60), (8, 60, 90), (9, 90, 180), (10, 180, 365), (11, 365, null)
  ) b(bucket_no, from_days, to_days)
),
segments as (
  select distinct w.segment as segment
  from journey_waits w
),
counted as (
  select w.segment as segment, b.bucket_no as bucket_no, count(*)::bigint as people
  from journey_waits w
  cross join bands b
  where w.days >= coalesce(b.from_days, -1e9) and w.days < coalesce(b.to_days, 1e9)
  group by w.segment, b.bucket_no
)
select
  s.segment::varchar as segment,
  b.bucket_no::bigint as bucket_no,
  b.from_days::double as from_days,
  b.to_days::double as to_days,
  coalesce(c.people, 0)::bigint as people
from segments s
cross join bands b
left join counted c on c.segment is not distinct from s.segment and c.bucket_no = b.bucket_no
order by s.segment nulls last, b.bucket_no
