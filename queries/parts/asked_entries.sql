-- The money entries that the filters leave up to as_of, each with its value of the asked segment.
-- Segment, filters and store_key are those of the entry's journey. What was taken back of an order that is itself dated
-- after as_of does not count.
-- grain: entry_id
-- uses: homes, $as_of
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
  coalesce(h.store, '') as store_key,
  e.staff_id as staff_id,
  e.customer_id as customer_id,
  h.segment as segment
from money_entries e
join homes h on h.journey_id is not distinct from e.journey_id
where e.happened_on <= $as_of::date and (e.kind <> 'taken_back' or e.ordered_on <= $as_of::date)
