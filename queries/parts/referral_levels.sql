-- Levels of the card: from which referred order that stands on a referrer has each. Of several from the same order on the first
-- by name counts.
-- grain: from_orders
-- uses: $levels
with rules as (
  select attribute(r.rule, 'key') as level, to_whole(attribute(r.rule, 'from_orders')) as from_orders
  from (select unnest(json_items(coalesce($levels::varchar, '[]'))) as rule) r
)
select r.from_orders as from_orders, min(r.level) as level
from rules r
group by r.from_orders
