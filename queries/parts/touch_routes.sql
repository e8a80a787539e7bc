-- Who was touched by the same channels in the same order: how many, how many of them ordered, and what they signed.
-- grain: route
-- uses: touch_steps, $as_of, $window_days
with steps as materialized (
  select s.* from touch_steps s
),
walked as (
  select
    s.path_id as path_id,
    joined(s.channel_no, s.place) as route,
    joined(
      case s.kind when 'source' then coalesce(s.value, '–') when 'followup' then coalesce(s.value, '–') when 'event' then s.value else s.kind end,
      s.place
    ) as names,
    min(s.channel_no)::bigint as least_no,
    max((s.ordered)::int)::bigint as orders,
    max(s.amount)::decimal(18,2) as amount,
    max((not s.ordered and days_between(s.ended_on, $as_of::date) < $window_days::bigint)::int)::bigint as open_people
  from steps s
  group by s.path_id
)
select
  w.route as route,
  min(w.names) as names,
  min(w.path_id) as path_id,
  count(*)::bigint as people,
  nullif(sum((w.least_no > 0)::int), 0)::bigint as known_people,
  sum(w.orders)::bigint as orders,
  sum(w.amount)::decimal(18,2) as amount,
  sum(w.open_people)::bigint as open_people
from walked w
group by w.route
