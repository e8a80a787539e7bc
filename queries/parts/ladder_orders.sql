-- The orders of a period at every rung of the ladder: whether they came there, and what was offered and sold.
-- grain: segment, level, order_id
-- uses: homes, ladder_levels, ladder_sources, $from, $to, $as_of, $view, $by, $viewer_shown
with asked as (
  select
    -- with viewer_shown
    shown_segment($viewer_shown::varchar[],
    -- end
    case
      when $by::varchar is null then 'all'
      -- with by
      when $by::varchar = 'item' then t.item_type
      when $by::varchar = 'upsell_seller' then t.staff_id
      else h.segment
      -- end
    end
    -- with viewer_shown
    )
    -- end
    as segment,
    t.kind as kind,
    t.touchpoint_no as touchpoint_no,
    t.order_id as order_id,
    coalesce(t.store, '') as store_key,
    coalesce((t.order_cancelled_on <= $as_of::date)::int, 0) as cancelled,
    t.pieces as pieces,
    t.amount as amount
  from touches t
  -- with by or where
  join homes h on h.journey_id is not distinct from t.journey_id
  -- end
  where
    t.happened_on <= $as_of::date
    and case when $view::varchar = 'cohort' then t.ordered_on else t.happened_on end between $from::date and least($to::date, $as_of::date)
)
select
  a.segment as segment,
  l.level as level,
  a.order_id as order_id,
  max(case when s.store_key is not null then 1 else 0 end) as has_source,
  max(case when l.level in (0, 6) then (a.kind = 'signed')::int else (a.touchpoint_no = l.level)::int end) as is_reached,
  max((a.kind = 'sold')::int) as is_sold,
  max(a.cancelled) as is_cancelled,
  sum((a.kind in ('sold', 'declined'))::int)::bigint as offered,
  coalesce(sum(a.pieces), 0)::bigint as pieces,
  coalesce(sum(case when l.level in (0, 6) or a.kind = 'sold' then a.amount end), 0)::decimal(18,2) as amount
from asked a
cross join ladder_levels l
left join ladder_sources s on s.level = l.source_level and s.store_key = a.store_key
where
  l.level = a.touchpoint_no
  or (
    coalesce($by::varchar, '') not in ('item', 'upsell_seller')
    and (
      (l.level = 6 and a.kind <> 'visit')
      or (a.kind = 'signed' and (l.level = 0 or ($view::varchar = 'cohort' and l.level between 2 and 4)))
    )
  )
group by a.segment, l.level, a.order_id
