-- The rungs of the upsell ladder: the order itself, four touchpoints, upsells that name none, and all together.
-- source_level is the rung whose list has to be kept for the rung to be known.
-- grain: level
select v.level::bigint as level, v.source_level::bigint as source_level, v.touchpoint as touchpoint
from (
  values
    (0, 0, 'order'), (1, 1, 'sale'), (2, 2, 'shoot'), (3, 3, 'viewing'), (4, 4, 'pickup'), (5, 5, null), (6, 1, 'total')
) v(level, source_level, touchpoint)
