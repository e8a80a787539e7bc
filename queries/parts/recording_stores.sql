-- The stores that the filters leave, per segment, which recorded anything in the 26 weeks up to the end of a period.
-- grain: segment, store_key
-- uses: $as_of, periods, asked_journey_days
with stores as (
  select distinct j.segment as segment, j.store_key as store_key
  from asked_journey_days j
  where j.began_on <= $as_of::date
),
recording as (
  select distinct coalesce(s.store, '') as store_key
  from source_spans s
  cross join periods p
  where s.from_on <= p.ends_on and s.to_on >= add_days(p.ends_on, -181)
)
select s.segment as segment, s.store_key as store_key
from stores s
semi join recording r on r.store_key = s.store_key
