-- What revenue is made of on both sides, per segment and store: people at the steps, and money by kind.
-- Leads are journeys begun, visits journeys that became active, orders journeys that bought for the first time; a later
-- step counts as the earlier ones. Money is what those first orders came to, repeat orders, upsells by touchpoint, and
-- what was taken back. A store has visits when it recorded one in the 26 weeks up to the end of each side. A store that lacks
-- rows of any list is left out and has one more row (none), whether or not anything happened there.
-- grain: segment, store_key, figure
-- uses: asked_journey_days, asked_entries, periods, left_out_stores, $by, $from, $to, $compare_from, $compare_to, $compare_periods
with steps as (
  select
    j.segment as segment,
    j.store_key as store_key,
    j.people as people,
    s.figure as figure,
    case s.figure when 'leads' then j.began_on when 'visits' then j.active_on else j.bought_on end as day
  from asked_journey_days j
  cross join (select v.figure as figure from (values ('leads'), ('visits'), ('orders')) v(figure)) s
),
moments as (
  select t.segment as segment, t.store_key as store_key, t.figure as figure, t.day as day, t.people::decimal(18,2) as value
  from steps t
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
sums as (
  select
    m.segment as segment,
    m.store_key as store_key,
    m.figure as figure,
    sum(case when p.side = 'before' then m.value else 0 end)::decimal(18,2) as before_sum,
    sum(case when p.side = 'after' then m.value else 0 end)::decimal(18,2) as after_sum
  from moments m
  cross join periods p
  where
    m.day between p.starts_on and p.ends_on
    and m.day <= greatest($to::date, $compare_to::date)
    and m.day >= least(
      $from::date,
      add_days($compare_from::date, (1 - $compare_periods::bigint) * (days_between($compare_from::date, $compare_to::date) + 7))
    )
  group by m.segment, m.store_key, m.figure
  union all
  select distinct
    case when $by::varchar is null then 'all' end as segment,
    g.store_key as store_key,
    'none' as figure,
    0::decimal(18,2) as before_sum,
    0::decimal(18,2) as after_sum
  from asked_journey_days j
  join left_out_stores g on g.store_key = j.store_key
  where g.scope = 'any'
),
visit_stores as (
  select coalesce(d.store, '') as store_key, count(distinct p.side)::bigint as sides
  from source_spans d
  cross join periods p
  where d.step_no = 3 and d.from_on <= p.ends_on and d.to_on > add_days(p.ends_on, -182)
  group by coalesce(d.store, '')
)
select
  s.segment as segment,
  s.store_key as store_key,
  s.figure as figure,
  (s.figure not in ('leads', 'visits', 'orders'))::boolean as is_money,
  (g.store_key is not null)::boolean as left_out,
  coalesce(v.sides = 2, false)::boolean as has_visits,
  s.before_sum as before_sum,
  case when $compare_periods::bigint > 1 then money_per(s.before_sum, $compare_periods::bigint) else s.before_sum end::decimal(18,2) as before_amount,
  s.after_sum as after_amount
from sums s
left join left_out_stores g on g.store_key = s.store_key and g.scope = 'any'
left join visit_stores v on v.store_key = s.store_key
