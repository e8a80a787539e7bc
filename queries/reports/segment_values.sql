-- Which values a segment has, and how many journeys each.
-- Feeds the filter menus; the missing value is a row of its own.
-- grain: value
-- audience: owner, manager, marketer
-- uses: asked_journeys
-- param as_of date default as_of: only journeys begun by this day
-- param by varchar segment: field
-- param where varchar[] filters: entries field=value
-- column value varchar: value of the field, null where missing
-- column people bigint not null: journeys
with counted as (
  select j.segment as value, count(*)::bigint as people
  from asked_journeys j
  where j.began_on <= $as_of::date
  group by j.segment
)
select
  c.value::varchar as value,
  c.people::bigint as people
from counted c
order by c.people desc, c.value nulls last
