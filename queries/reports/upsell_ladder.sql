-- What is sold beyond the order itself, touchpoint by touchpoint: order desk, shoot, viewing, pickup.
-- Period view: what happened in the period. Cohort view: what the orders signed in the period have come to by as_of.
-- An order has reached the order desk when it is signed, another touchpoint by a done visit of that purpose or an offer
-- made there. A store without such visits in the 26 weeks up to the period's end (cohort view: from 26 weeks before its
-- start to as_of), or that never recorded an upsell, cannot say who came that far: it is left out of reached and of the
-- attach rate, not of the money. Divided by upsell_seller a touch belongs to the person who held the visit or made the
-- offer, and such visits have to name people; divided by item every item could have been sold to whoever
-- reached the touchpoint. First comes the order as signed, last both together: what an order is worth. Divided by
-- upsell_seller or item these two are left out.
-- grain: segment, touchpoint_no
-- audience: owner, manager stores, marketer
-- uses: homes, ladder_levels, ladder_sources, ladder_orders
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: whose arithmetic
-- param by varchar (upsell_seller | item) optional segment: field of the order's journey, or one of these of the upsell
-- param where varchar[] filters: entries field=value, of the order's journey
-- rows reached when $by = item: ladder_rows by='' segment=''
-- rows reached: ladder_rows
-- rows offered: ladder_rows only='offered'
-- rows sold_orders, pieces: ladder_rows only='sold'
-- rows attach_hits, attach_rate: ladder_rows only='attached'
-- rows unfinished: ladder_rows only='unfinished'
-- rows amount when touchpoint = order and $view = cohort: money_rows part='signed' touchpoint='' view='orders'
-- rows amount when touchpoint = order: money_rows part='signed' touchpoint=''
-- rows amount when touchpoint = total and $view = cohort: money_rows part='ordered' touchpoint='' view='orders'
-- rows amount when touchpoint = total: money_rows part='ordered' touchpoint=''
-- rows amount, amount_per_sold when touchpoint_no = 5 and $view = cohort: money_rows part='upsold' touchpoint='none' view='orders'
-- rows amount, amount_per_sold when touchpoint_no = 5: money_rows part='upsold' touchpoint='none'
-- rows amount, amount_per_sold when $view = cohort: money_rows part='upsold' view='orders'
-- rows amount, amount_per_sold: money_rows part='upsold'
-- formula attach_rate: attach_hits / reached
-- formula amount_per_sold: amount / sold_orders
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column touchpoint_no bigint not null: 0 to 6
-- column touchpoint varchar: order, sale, shoot, viewing, pickup, null where upsells name none, total
-- column reached bigint: orders that reached it, in the stores that can say so; null where none can
-- column offered bigint: upsells offered, sold or declined; null where no store records upsells
-- column sold_orders bigint: orders to which at least one was sold
-- column attach_hits bigint: of the orders reached, those to which at least one was sold
-- column attach_rate double: attach_hits / reached
-- column attach_low double: lower end of Wilson's 95 % interval
-- column attach_high double: upper end of Wilson's 95 % interval
-- column rate_note varchar: why there is no rate: no_source, zero_base, or not_nested (total of the period view)
-- column pieces bigint: pieces sold
-- column amount decimal(18,2): money of the upsells sold; order: signed; total: both
-- column amount_per_sold decimal(18,2): amount per order to which at least one was sold; touchpoints only
-- column amount_per_reached decimal(18,2): amount per order reached, in the same stores
-- column unfinished bigint: orders of the cohort, not cancelled, that have not reached it by as_of; cohort view only
with reached_by_anyone as (
  select l.level as level, count(distinct l.order_id)::bigint as reached
  from ladder_orders l
  where $by::varchar = 'item' and l.is_reached = 1 and l.has_source = 1
  group by l.level
),
counted as materialized (
  select
    l.segment as segment,
    l.level as level,
    count(case when l.is_reached = 1 and l.has_source = 1 then 1 end)::bigint as reached,
    sum(l.offered)::bigint as offered,
    sum(l.is_sold)::bigint as sold_orders,
    count(case when l.is_reached = 1 and l.has_source = 1 and l.is_sold = 1 then 1 end)::bigint as attach_hits,
    sum(l.pieces)::bigint as pieces,
    sum(l.amount)::decimal(18,2) as amount,
    sum(case when l.has_source = 1 then l.amount else 0 end)::decimal(18,2) as source_amount,
    count(case when l.is_reached = 0 and l.has_source = 1 and l.is_cancelled = 0 then 1 end)::bigint as unfinished
  from ladder_orders l
  where l.offered > 0 or coalesce($by::varchar, '') <> 'item'
  group by l.segment, l.level
),
places as (
  select c.segment as segment, c.level as level
  from counted c
  union
  select g.segment as segment, l.level as level
  from (select distinct c.segment as segment from counted c union select 'all' as segment where $by::varchar is null) g
  cross join ladder_levels l
  where l.level <> 5 and coalesce($by::varchar, '') not in ('item', 'upsell_seller')
),
segment_stores as (
  select distinct
    case
      when $by::varchar is null then 'all'
      -- with by
      else h.segment
      -- end
    end as segment,
    coalesce(t.store, '') as store_key
  from touches t
  -- with by or where
  join homes h on h.journey_id is not distinct from t.journey_id
  -- end
  where t.kind = 'signed' and t.happened_on <= $as_of::date and coalesce($by::varchar, '') not in ('item', 'upsell_seller')
),
segment_sources as (
  select distinct g.segment as segment, s.level as level
  from segment_stores g
  join ladder_sources s on s.store_key = g.store_key
),
figures as (
  select
    p.segment as segment,
    p.level as level,
    l.touchpoint as touchpoint,
    case
      when $by::varchar = 'item' then a.reached
      when $by::varchar = 'upsell_seller' then nullif(c.reached, 0)
      when s.level is not null then coalesce(c.reached, 0)
    end as reached,
    (c.offered > 0 or u.level is not null or (c.reached > 0 and $by::varchar in ('item', 'upsell_seller'))) as has_list,
    (p.level = 6 and $view::varchar = 'period') as is_mixed,
    coalesce(c.offered, 0) as offered,
    coalesce(c.sold_orders, 0) as sold_orders,
    coalesce(c.attach_hits, 0) as attach_hits,
    coalesce(c.pieces, 0) as pieces,
    coalesce(c.amount, 0) as amount,
    coalesce(c.source_amount, 0) as source_amount,
    coalesce(c.unfinished, 0) as unfinished
  from places p
  join ladder_levels l on l.level = p.level
  left join counted c on c.segment is not distinct from p.segment and c.level = p.level
  left join reached_by_anyone a on a.level = p.level
  left join segment_sources s on s.segment is not distinct from p.segment and s.level = l.source_level
  left join segment_sources u on u.segment is not distinct from p.segment and u.level = 1
)
select
  f.segment::varchar as segment,
  f.level::bigint as touchpoint_no,
  f.touchpoint::varchar as touchpoint,
  f.reached::bigint as reached,
  case when f.level > 0 and f.has_list then f.offered end::bigint as offered,
  case when f.level > 0 and f.has_list then f.sold_orders end::bigint as sold_orders,
  case when f.level > 0 and f.reached is not null and not f.is_mixed then f.attach_hits end::bigint as attach_hits,
  case when f.level > 0 and not f.is_mixed then safe_ratio(f.attach_hits, f.reached) end::double as attach_rate,
  case when f.level > 0 and not f.is_mixed then wilson_low(f.attach_hits, f.reached) end::double as attach_low,
  case when f.level > 0 and not f.is_mixed then wilson_high(f.attach_hits, f.reached) end::double as attach_high,
  case
    when f.level = 0 then null
    when f.reached is null then 'no_source'
    when f.is_mixed then 'not_nested'
    when f.reached = 0 then 'zero_base'
  end::varchar as rate_note,
  case when f.level > 0 and f.has_list then f.pieces end::bigint as pieces,
  case when f.level = 0 or f.has_list then f.amount end::decimal(18,2) as amount,
  case when f.level between 1 and 5 then money_per(f.amount, f.sold_orders) end::decimal(18,2) as amount_per_sold,
  case when not f.is_mixed then money_per(f.source_amount, f.reached) end::decimal(18,2) as amount_per_reached,
  case
    when f.level between 1 and 4 and $view::varchar = 'cohort' and coalesce($by::varchar, '') not in ('item', 'upsell_seller') and f.reached is not null
      then f.unfinished
  end::bigint as unfinished
from figures f
order by f.segment nulls last, f.level
