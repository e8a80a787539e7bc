-- The money entries that the filters leave up to as_of, each with its value of the asked segment.
-- Segment, filters and store_key are those of the entry's journey. An entry of no journey (a payment or upsell whose order
-- is unknown) has the missing value in every field: it stays where all filters allow that. What was taken back of an order
-- that is itself dated after as_of does not count.
-- grain: entry_id
-- uses: asked_journeys, $by, $as_of, $where
with fields as (
  select
    substring(w.entry, 1, position('=' in w.entry) - 1) as field,
    max(case when substring(w.entry, position('=' in w.entry) + 1) = '' then 1 else 0 end) as allows_missing
  from (select unnest($where::varchar[]) as entry) w
  group by substring(w.entry, 1, position('=' in w.entry) - 1)
),
refusing as (
  select count(*)::bigint as fields
  from fields f
  where f.allows_missing = 0
)
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
  coalesce(j.store, '') as store_key,
  e.staff_id as staff_id,
  e.customer_id as customer_id,
  case when $by::varchar is null then 'all' else j.segment end as segment
from money_entries e
cross join refusing r
left join asked_journeys j on j.journey_id = e.journey_id
where
  e.happened_on <= $as_of::date
  and (e.kind <> 'taken_back' or e.ordered_on <= $as_of::date)
  and (j.journey_id is not null or (e.journey_id is null and r.fields = 0))
