-- The orders of a period on each leg of their way: when they set out on it, when they arrived, or until when nobody knew.
-- Legs: 1 from signing to the shoot, 2 from the shoot to the viewing, 3 from the viewing to the pickup, 4 from signing to the
-- pickup, 5 from signing to the first upsell sold. Of several visits or offers at a touchpoint the first day counts. Only
-- stores that can say who came to both ends. A cancelled order is given up on that day, unless it arrives after all; of a
-- store whose visits have a gap at the end nobody knows more than up to its last row. Arriving before setting out counts as 0 days.
-- grain: segment, leg_no, order_id
-- uses: homes, ladder_sources, silent_stores, $from, $to, $as_of, $by, $view
with orders as (
  select
    h.segment as segment,
    t.order_id as order_id,
    t.ordered_on as ordered_on,
    case when t.order_cancelled_on <= $as_of::date then t.order_cancelled_on end as cancelled_on,
    coalesce(t.store, '') as store_key
  from touches t
  join homes h on h.journey_id is not distinct from t.journey_id
  where t.kind = 'signed' and t.ordered_on between $from::date and least($to::date, $as_of::date)
),
days as (
  select
    t.order_id as order_id,
    min(case when t.touchpoint_no = 2 then t.happened_on end) as shoot_on,
    min(case when t.touchpoint_no = 3 then t.happened_on end) as viewing_on,
    min(case when t.touchpoint_no = 4 then t.happened_on end) as pickup_on,
    min(case when t.kind = 'sold' then t.happened_on end) as upsell_on
  from touches t
  where t.happened_on <= $as_of::date
  group by t.order_id
),
last_visits as (
  select coalesce(t.store, '') as store_key, max(t.happened_on) as day
  from touches t
  where t.kind = 'visit' and t.happened_on <= $as_of::date
  group by coalesce(t.store, '')
),
legs as (
  select v.leg_no::bigint as leg_no, v.from_level::bigint as from_level, v.to_level::bigint as to_level
  from (values (1, 1, 2), (2, 2, 3), (3, 3, 4), (4, 1, 4), (5, 1, 1)) v(leg_no, from_level, to_level)
),
walked as (
  select
    o.segment as segment,
    l.leg_no as leg_no,
    o.order_id as order_id,
    o.cancelled_on as cancelled_on,
    case l.leg_no when 2 then d.shoot_on when 3 then d.viewing_on else o.ordered_on end as from_on,
    case l.leg_no when 1 then d.shoot_on when 2 then d.viewing_on when 5 then d.upsell_on else d.pickup_on end as to_on,
    case when l.leg_no < 5 and v.day <= s.visits_until then s.visits_until else $as_of::date end as seen_on
  from orders o
  cross join legs l
  join days d on d.order_id = o.order_id
  join ladder_sources a on a.level = l.from_level and a.store_key = o.store_key
  join ladder_sources b on b.level = l.to_level and b.store_key = o.store_key
  left join silent_stores s on s.store_key = o.store_key
  left join last_visits v on v.store_key = o.store_key
),
aged as (
  select
    w.*,
    case when w.to_on is not null then greatest(days_between(w.from_on, w.to_on), 0) end as arrived_days,
    case when w.cancelled_on is not null then greatest(days_between(w.from_on, w.cancelled_on), 0) end as cancelled_days,
    greatest(days_between(w.from_on, w.seen_on), 0) as seen_days
  from walked w
  where w.from_on is not null and w.from_on <= w.seen_on
)
select
  a.segment as segment,
  a.leg_no as leg_no,
  a.order_id as order_id,
  a.from_on as from_on,
  case when a.to_on <= a.seen_on then a.to_on end as to_on,
  coalesce((a.to_on <= a.seen_on)::int, 0) as arrived,
  case when coalesce((a.to_on <= a.seen_on)::int, 0) = 0 then coalesce((a.cancelled_on <= a.seen_on)::int, 0) else 0 end as cancelled,
  coalesce((a.to_on <= a.seen_on and a.to_on < a.from_on)::int, 0) as too_early,
  case when a.to_on <= a.seen_on then a.arrived_days when a.cancelled_on <= a.seen_on then a.cancelled_days else a.seen_days end as days
from aged a
