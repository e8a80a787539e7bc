-- The money entries that the filters leave up to as_of, each with its value of the asked segment.
-- Segment, filters and store_key are those of the entry's journey. What was taken back of an order that is itself dated
-- after as_of does not count.
-- built: view
-- grain: entry_id
-- uses: homes, $as_of, $by, $where
select
  e.entry_id as entry_id,
  e.kind as kind,
  e.touchpoint as touchpoint,
  e.item_type as item_type,
  e.happened_at as happened_at,
  e.happened_on as happened_on,
  e.amount as amount,
  e.order_id as order_id,
  e.ordered_on as ordered_on,
  e.order_cancelled_on as order_cancelled_on,
  e.journey_id as journey_id,
  e.journey_kind as journey_kind,
  e.journey_began_on as journey_began_on,
  e.store as store,
  coalesce(e.journey_store, '') as store_key,
  e.staff_id as staff_id,
  e.customer_id as customer_id,
  case
    when $by::varchar is null then 'all'
    -- with by
    else h.segment
    -- end
  end as segment
from money_entries e
-- with by or where
join homes h on h.journey_id is not distinct from e.journey_id
-- end
where e.happened_on <= $as_of::date and (e.kind <> 'taken_back' or e.ordered_on <= $as_of::date)
