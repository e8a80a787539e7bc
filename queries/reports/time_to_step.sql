-- How many days the journeys begun in a period took to a step.
-- Days and fractions of days from the journey's beginning to the moment of the step; negative where the dates are bad,
-- counted as they are and listed. Only journeys that reached the step by as_of: a young cohort shows its quick ones.
-- grain: segment
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
-- column people bigint not null: journeys that reached the step
-- column median_days double: half took at most this long
-- column mean_days double: arithmetic mean
-- column p10_days double: a tenth took at most this long
-- column p90_days double: nine tenths took at most this long
-- column max_days double: the longest
-- column negative_people bigint not null: journeys whose step is dated before their beginning
with waits as (
  select w.segment as segment, w.days as days
  from journey_waits w
)
select
  w.segment::varchar as segment,
  count(*)::bigint as people,
  percentile(w.days, 0.5)::double as median_days,
  avg(w.days)::double as mean_days,
  percentile(w.days, 0.1)::double as p10_days,
  percentile(w.days, 0.9)::double as p90_days,
  max(w.days)::double as max_days,
  sum((w.days < 0)::int)::bigint as negative_people
from waits w
group by w.segment
order by w.segment nulls last
