-- Money of a period: signed, taken back, upsold, collected, and what is outstanding at its end.
-- Each amount counts on its own business day; the past is not rewritten. What is outstanding is reckoned order by order on
-- the last day that is counted: what an order had paid too much, and payments without a known order, stand beside it
-- and are never netted. Stores that never recorded a payment are left out of collected and outstanding, stores that
-- never recorded an upsell out of upsold: where no other is left these are empty, not 0. A week or month that the period
-- cuts is given in part, so that days add up to weeks and these to the whole.
-- grain: segment, starts_on
-- audience: owner, manager stores, marketer
-- uses: homes
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param grain varchar (all | day | week | month) default all: length of one row
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- rows orders, signed, ticket: money_rows from=starts_on to=ends_on part='signed'
-- rows taken_back: money_rows from=starts_on to=ends_on part='taken_back'
-- rows net: money_rows from=starts_on to=ends_on part='net'
-- rows upsold: money_rows from=starts_on to=ends_on part='upsold'
-- rows collected: money_rows from=starts_on to=ends_on part='collected'
-- rows outstanding_0_15: outstanding_rows to=ends_on part='0_15'
-- rows outstanding_16_60: outstanding_rows to=ends_on part='16_60'
-- rows outstanding_over_60: outstanding_rows to=ends_on part='over_60'
-- rows overpaid: outstanding_rows to=ends_on part='overpaid'
-- rows unassigned: money_rows from=starts_on to=ends_on part='unassigned'
-- series orders, signed, taken_back, net, upsold, collected, outstanding_0_15, outstanding_16_60, outstanding_over_60, overpaid, unassigned, ticket: money grain='week'
-- formula net: signed + taken_back
-- formula ticket: signed / orders
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column starts_on date not null: first business day of the row
-- column ends_on date not null: last business day of the row
-- column orders bigint: orders signed; null where there never was an order
-- column signed decimal(18,2): amounts of the orders signed
-- column taken_back decimal(18,2): cancelled and refunded, on the day of the cancellation; not above 0
-- column net decimal(18,2): signed + taken_back
-- column upsold decimal(18,2): upsells sold; null where no store records upsells
-- column collected decimal(18,2): payments less refunds; null where no store records payments
-- column outstanding_0_15 decimal(18,2): owed at the end by orders signed up to 15 days before
-- column outstanding_16_60 decimal(18,2): owed at the end by orders signed 16 to 60 days before
-- column outstanding_over_60 decimal(18,2): owed at the end by orders signed more than 60 days before
-- column overpaid decimal(18,2): balances at the end of orders that had paid more than may be claimed; not above 0
-- column unassigned decimal(18,2): payments up to the end that belong to no order signed by then
-- column ticket decimal(18,2): signed per order; null without orders
-- column payment_stores bigint not null: stores of the segment that record payments
-- column all_stores bigint not null: stores of the segment with orders
with days as (
  select add_days(least($to::date, add_days($as_of::date, 31)), -g.generate_series::bigint) as day
  from generate_series(0, 7351) g
  where
    g.generate_series <= case
      when $grain::varchar = 'all' then 0
      else days_between($from::date, least($to::date, add_days($as_of::date, 31)))
    end
),
pieces as (
  select
    case when $grain::varchar = 'all' then $from::date else min(d.day) end as starts_on,
    case when $grain::varchar = 'all' then $to::date else max(d.day) end as ends_on
  from days d
  group by case $grain::varchar when 'day' then d.day when 'week' then week_start(d.day) when 'month' then month_start(d.day) end
),
periods as materialized (
  select p.starts_on as starts_on, p.ends_on as ends_on, least(p.ends_on, $as_of::date) as counted_to
  from pieces p
  where p.starts_on <= $as_of::date
),
lines as (
  select
    m.journey_id as journey_id,
    m.store as store,
    m.kind as line,
    case
      when m.happened_on < $from::date then null
      when $grain::varchar = 'day' then m.happened_on
      when $grain::varchar = 'week' then greatest(week_start(m.happened_on), $from::date)
      when $grain::varchar = 'month' then greatest(month_start(m.happened_on), $from::date)
      else $from::date
    end as starts_on,
    m.amount as amount
  from money_entries m
  where m.happened_on <= least($to::date, $as_of::date) and (m.kind <> 'taken_back' or m.ordered_on <= $as_of::date)
  union all
  select
    b.journey_id as journey_id,
    b.store as store,
    case
      when b.ordered_on is null then 'unassigned'
      when b.balance < 0 then 'overpaid'
      when days_between(b.ordered_on, p.counted_to) <= 15 then '0_15'
      when days_between(b.ordered_on, p.counted_to) <= 60 then '16_60'
      else 'over_60'
    end as line,
    p.starts_on as starts_on,
    b.balance as amount
  from open_balances b
  left join money_stores s on s.store is not distinct from b.store
  cross join periods p
  where
    p.counted_to between b.from_on and coalesce(b.until_on, $as_of::date)
    and (b.ordered_on is null or s.payments_from_on <= $as_of::date)
),
asked_lines as (
  select
    case
      when $by::varchar is null then 'all'
      -- with by
      else h.segment
      -- end
    end as segment,
    l.store as store,
    l.line as line,
    l.starts_on as starts_on,
    l.amount as amount
  from lines l
  -- with by or where
  join homes h on h.journey_id is not distinct from l.journey_id
  -- end
),
cells as materialized (
  select
    l.segment as segment,
    l.store as store,
    l.starts_on as starts_on,
    sum((l.line in ('first_order', 'repeat_order'))::int)::bigint as orders,
    sum(case when l.line in ('first_order', 'repeat_order') then l.amount end)::decimal(18,2) as signed,
    sum(case when l.line = 'taken_back' then l.amount end)::decimal(18,2) as taken_back,
    sum(case when l.line = 'upsell' then l.amount end)::decimal(18,2) as upsold,
    sum(case when l.line = 'payment' then l.amount end)::decimal(18,2) as collected,
    sum(case when l.line = '0_15' then l.amount end)::decimal(18,2) as outstanding_0_15,
    sum(case when l.line = '16_60' then l.amount end)::decimal(18,2) as outstanding_16_60,
    sum(case when l.line = 'over_60' then l.amount end)::decimal(18,2) as outstanding_over_60,
    sum(case when l.line = 'overpaid' then l.amount end)::decimal(18,2) as overpaid,
    sum(case when l.line = 'unassigned' then -l.amount end)::decimal(18,2) as unassigned
  from asked_lines l
  group by l.segment, l.store, l.starts_on
),
sources as (
  select
    c.segment as segment,
    count(distinct case when c.orders > 0 then coalesce(c.store, '') end)::bigint as all_stores,
    count(distinct case when c.orders > 0 and s.payments_from_on <= $as_of::date then coalesce(c.store, '') end)::bigint as payment_stores,
    max(case when s.payments_from_on <= $as_of::date or c.collected is not null then 1 else 0 end) as pays,
    max(case when s.upsells_from_on <= $as_of::date or c.upsold is not null then 1 else 0 end) as upsells
  from cells c
  left join money_stores s on s.store is not distinct from c.store
  group by c.segment
),
segments as (
  select c.segment as segment
  from cells c
  where c.starts_on is not null
  union
  select 'all' as segment
  where $by::varchar is null
),
figures as (
  select
    g.segment as segment,
    p.starts_on as starts_on,
    p.ends_on as ends_on,
    coalesce(sum(c.orders), 0)::bigint as orders,
    coalesce(sum(c.signed), 0) as signed,
    coalesce(sum(c.taken_back), 0) as taken_back,
    coalesce(sum(c.upsold), 0) as upsold,
    coalesce(sum(c.collected), 0) as collected,
    coalesce(sum(c.outstanding_0_15), 0) as outstanding_0_15,
    coalesce(sum(c.outstanding_16_60), 0) as outstanding_16_60,
    coalesce(sum(c.outstanding_over_60), 0) as outstanding_over_60,
    coalesce(sum(c.overpaid), 0) as overpaid,
    coalesce(sum(c.unassigned), 0) as unassigned
  from segments g
  cross join periods p
  left join cells c on c.segment is not distinct from g.segment and c.starts_on = p.starts_on
  group by g.segment, p.starts_on, p.ends_on
),
known as (
  select count(*)::bigint as stores
  from money_stores s
  where s.orders_from_on <= $as_of::date
)
select
  f.segment::varchar as segment,
  f.starts_on::date as starts_on,
  f.ends_on::date as ends_on,
  case when k.stores > 0 then f.orders end::bigint as orders,
  case when k.stores > 0 then f.signed end::decimal(18,2) as signed,
  case when k.stores > 0 then f.taken_back end::decimal(18,2) as taken_back,
  case when k.stores > 0 then f.signed + f.taken_back end::decimal(18,2) as net,
  case when s.upsells = 1 then f.upsold end::decimal(18,2) as upsold,
  case when s.pays = 1 then f.collected end::decimal(18,2) as collected,
  case when s.payment_stores > 0 then f.outstanding_0_15 end::decimal(18,2) as outstanding_0_15,
  case when s.payment_stores > 0 then f.outstanding_16_60 end::decimal(18,2) as outstanding_16_60,
  case when s.payment_stores > 0 then f.outstanding_over_60 end::decimal(18,2) as outstanding_over_60,
  case when s.payment_stores > 0 then f.overpaid end::decimal(18,2) as overpaid,
  case when s.pays = 1 then f.unassigned end::decimal(18,2) as unassigned,
  money_per(f.signed, f.orders)::decimal(18,2) as ticket,
  coalesce(s.payment_stores, 0)::bigint as payment_stores,
  coalesce(s.all_stores, 0)::bigint as all_stores
from figures f
cross join known k
left join sources s on s.segment is not distinct from f.segment
order by f.segment nulls last, f.starts_on
