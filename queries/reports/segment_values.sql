-- Which values a segment has, and how many journeys each.
-- Feeds the filter menus; the missing value is a row of its own. A channel or campaign that only daily campaign figures
-- have stands with 0 journeys.
-- grain: value
-- audience: owner, manager stores, marketer
-- crowd: begun
-- uses: asked_journey_days, asked_campaign_days
-- param as_of date default as_of: only journeys begun and campaign days by this day
-- param by varchar segment: field
-- param where varchar[] filters: entries field=value
-- column value varchar: value of the field, null where missing
-- column people bigint not null: journeys
with counted as (
  select j.segment as value, sum(j.people)::bigint as people
  from asked_journey_days j
  where j.began_on <= $as_of::date
  group by j.segment
),
aimed as (
  select distinct d.segment as value
  from asked_campaign_days d
  where d.day <= $as_of::date and d.segment is not null
),
listed as (
  select c.value as value, c.people as people
  from counted c
  union all
  select a.value as value, 0::bigint as people
  from aimed a
  anti join counted c on c.value = a.value
)
select
  l.value::varchar as value,
  l.people::bigint as people
from listed l
order by l.people desc, l.value nulls last
