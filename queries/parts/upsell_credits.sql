-- To whom the upsells sold are credited: half to the seller and half to the co-seller where both are recorded and differ, else
-- the whole to whoever is, else to nobody.
-- Of a cent that cannot be halved the seller has the larger part, so that the credits always add up to the upsells.
-- grain: touch_id, staff_id
-- uses: homes, $from, $to, $as_of, $view, $by
with sold as (
  select
    t.touch_id as touch_id,
    t.touchpoint_no as touchpoint_no,
    t.happened_on as happened_on,
    t.order_id as order_id,
    t.journey_id as journey_id,
    t.store as store,
    t.item_type as item_type,
    t.pieces as pieces,
    coalesce(t.amount, 0) as amount,
    coalesce(t.staff_id, t.co_staff_id) as seller,
    case when t.staff_id is not null and t.co_staff_id <> t.staff_id then t.co_staff_id end as co_seller,
    case
      when $by::varchar is null then 'all'
      -- with by
      when $by::varchar = 'item' then t.item_type
      else h.segment
      -- end
    end as segment
  from touches t
  -- with by or where
  join homes h on h.journey_id is not distinct from t.journey_id
  -- end
  where
    t.kind = 'sold'
    and t.happened_on <= $as_of::date
    and case when $view::varchar = 'cohort' then t.ordered_on else t.happened_on end between $from::date and least($to::date, $as_of::date)
),
credited as (
  select
    s.*,
    s.seller as staff_id,
    'seller' as part,
    case when s.co_seller is null then 1 else 0.5 end::decimal(18,2) as credit,
    case when s.co_seller is null then s.amount else money_per(s.amount, 2) end::decimal(18,2) as credit_amount
  from sold s
  union all
  select
    s.*,
    s.co_seller as staff_id,
    'co_seller' as part,
    0.5::decimal(18,2) as credit,
    (s.amount - money_per(s.amount, 2))::decimal(18,2) as credit_amount
  from sold s
  where s.co_seller is not null
)
select c.*
from credited c
