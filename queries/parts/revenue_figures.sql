-- What revenue is made of on both sides, per segment and store: people at the steps, and money by kind.
-- Leads are journeys begun, visits journeys that became active, orders journeys that bought for the first time; a later
-- step counts as the earlier ones. Money is what those first orders came to, repeat orders, upsells by touchpoint, and
-- what was taken back. A store has visits when it recorded one in the 26 weeks up to the end of each side.
-- grain: segment, store_key, figure
-- uses: asked_journeys, asked_entries, revenue_periods, revenue_gap_stores, $compare_periods
with moments as (
  select j.segment as segment, coalesce(j.store, '') as store_key, 'leads' as figure, j.began_on as day, 1::decimal(18,2) as value
  from asked_journeys j
  union all
  select j.segment as segment, coalesce(j.store, '') as store_key, 'visits' as figure, j.active_on as day, 1::decimal(18,2) as value
  from asked_journeys j
  union all
  select j.segment as segment, coalesce(j.store, '') as store_key, 'orders' as figure, j.bought_on as day, 1::decimal(18,2) as value
  from asked_journeys j
  union all
  select
    e.segment as segment,
    e.store_key as store_key,
    case e.kind
      when 'repeat_order' then 'repeat_orders'
      when 'upsell' then 'upsell_' || coalesce(e.touchpoint, 'other')
      else e.kind
    end as figure,
    e.happened_on as day,
    e.amount as value
  from asked_entries e
  where e.kind <> 'payment'
),
visit_stores as (
  select coalesce(d.store, '') as store_key, count(distinct p.side)::bigint as sides
  from source_days d
  cross join revenue_periods p
  where d.step_no = 3 and d.day between add_days(p.ends_on, -181) and p.ends_on
  group by coalesce(d.store, '')
),
sums as (
  select
    m.segment as segment,
    m.store_key as store_key,
    m.figure as figure,
    sum(case when p.side = 'before' then m.value else 0 end)::decimal(18,2) as before_sum,
    sum(case when p.side = 'after' then m.value else 0 end)::decimal(18,2) as after_sum
  from moments m
  cross join revenue_periods p
  where m.day between p.starts_on and p.ends_on
  group by m.segment, m.store_key, m.figure
)
select
  s.segment as segment,
  s.store_key as store_key,
  s.figure as figure,
  (s.figure not in ('leads', 'visits', 'orders'))::boolean as is_money,
  (g.store_key is not null)::boolean as left_out,
  coalesce(v.sides = 2, false)::boolean as has_visits,
  s.before_sum as before_sum,
  case
    when $compare_periods::bigint > 1
      then money(safe_ratio(sign(s.before_sum) * floor(safe_ratio(abs(s.before_sum) * 100, $compare_periods::bigint) + 0.5e0), 100))
    else s.before_sum
  end::decimal(18,2) as before_amount,
  s.after_sum as after_amount
from sums s
left join revenue_gap_stores g on g.store_key = s.store_key
left join visit_stores v on v.store_key = s.store_key
