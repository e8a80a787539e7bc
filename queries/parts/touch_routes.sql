-- Who was touched by the same channels in the same order: how many, how many of them ordered, and what they signed.
-- Channels of twelve places are the digits of one number, of forty-eight in four; who was touched more often is alone on a route.
-- grain: route, path_id
-- uses: touch_steps, $as_of, $window_days
with steps as materialized (
  select s.* from touch_steps s
),
digits as (
  select
    s.*,
    (s.channel_no + 1) * power(15e0, s.place - 1 - case when s.place > 36 then 36 when s.place > 24 then 24 when s.place > 12 then 12 else 0 end) as digit
  from steps s
  where s.place <= 48
),
walked as (
  select
    d.path_id as path_id,
    case when max(d.places) > 48 then d.path_id end as long_id,
    sum(case when d.place <= 12 then d.digit else 0e0 end)::bigint as code_1,
    sum(case when d.place > 12 and d.place <= 24 then d.digit else 0e0 end)::bigint as code_2,
    sum(case when d.place > 24 and d.place <= 36 then d.digit else 0e0 end)::bigint as code_3,
    sum(case when d.place > 36 then d.digit else 0e0 end)::bigint as code_4,
    min(d.channel_no)::bigint as least_no,
    max((d.ordered)::int)::bigint as orders,
    max(d.amount)::decimal(18,2) as amount,
    max((not d.ordered and days_between(d.ended_on, $as_of::date) < $window_days::bigint)::int)::bigint as open_people
  from digits d
  group by d.path_id
),
routes as materialized (
  select
    min(w.path_id) as path_id,
    count(*)::bigint as people,
    nullif(sum((w.least_no > 0)::int), 0)::bigint as known_people,
    sum(w.orders)::bigint as orders,
    sum(w.amount)::decimal(18,2) as amount,
    sum(w.open_people)::bigint as open_people
  from walked w
  group by w.code_1, w.code_2, w.code_3, w.code_4, w.long_id
),
names as (
  select
    s.path_id as path_id,
    joined(s.channel_no, s.place) as route,
    joined(
      case s.kind when 'source' then coalesce(s.value, '–') when 'followup' then coalesce(s.value, '–') when 'event' then s.value else s.kind end,
      s.place
    ) as names
  from steps s
  semi join routes r on r.path_id = s.path_id
  group by s.path_id
)
select
  n.route as route,
  n.names as names,
  r.path_id as path_id,
  r.people as people,
  r.known_people as known_people,
  r.orders as orders,
  r.amount as amount,
  r.open_people as open_people
from routes r
join names n on n.path_id = r.path_id
