-- The figures behind the week's sentence and its four sums.
-- Signed, upsold and collected are money of the period's own days; outstanding is what is owed at its end (or at as_of, if
-- that is earlier) by orders of stores that record payments, as in money. A reference is the mean of the periods compared with.
-- The plain columns are all stores; *_compared, *_reference and the changes are those of compared_stores, which lack no orders
-- in the period or the reference. Lists of leads and visits say nothing of orders and money: where only they lack, the store
-- is compared here, but its gap is named and revenue_change leaves it out. Where no store is left, nothing is compared. A list
-- silent for 26 weeks has no source and is not missing. Days on which the shops are closed around 春节 are no gap; they are
-- counted here. Whether a change is more than noise is judged in funnel_change, together with every other comparison of the
-- view (step 4, figures orders, signed, upsold and collected); which cause weighs most is said by revenue_change.
-- grain: segment
-- audience: owner, manager stores, marketer
-- uses: asked_journey_days, homes, asked_entries, periods = reference_periods, period_gaps, recording_stores
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param compare varchar (previous | last_year | mean_of_four) default previous: the week before, 52 weeks before, or the mean of the four before
-- param by varchar optional segment: field by whose values the figures are divided; one row without it
-- param where varchar[] filters: entries field=value
-- rows orders, signed: money_rows part='signed'
-- rows repeat_orders: money_rows part='repeat_orders'
-- rows orders_compared, signed_compared: money_rows part='signed' lacking='orders' compare_from=reference_from compare_to=reference_to
-- rows orders_reference, signed_reference: money_rows part='signed' lacking='orders' from=reference_from to=reference_to compare_from=$from compare_to=$to
-- rows upsold: money_rows part='upsold'
-- rows upsold_compared: money_rows part='upsold' lacking='orders' compare_from=reference_from compare_to=reference_to
-- rows upsold_reference: money_rows part='upsold' lacking='orders' from=reference_from to=reference_to compare_from=$from compare_to=$to
-- rows collected: money_rows part='collected'
-- rows collected_compared: money_rows part='collected' lacking='orders' compare_from=reference_from compare_to=reference_to
-- rows collected_reference: money_rows part='collected' lacking='orders' from=reference_from to=reference_to compare_from=$from compare_to=$to
-- rows outstanding, outstanding_orders: outstanding_rows part='owed'
-- rows outstanding_over_60, outstanding_over_60_orders: outstanding_rows part='over_60'
-- work outstanding_over_60, outstanding_over_60_orders: customer_name, phone, store, staff_name, balance, age_days
-- series orders, signed, upsold, collected, outstanding_over_60: money grain='week'
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column orders bigint: orders signed in the period, first and further ones; null without a list of orders
-- column repeat_orders bigint: of the orders those that are further ones of their journey; the others are its first
-- column orders_compared bigint: those of the stores compared
-- column orders_reference double: orders of a period of the reference in the stores compared
-- column orders_change double: orders_compared - orders_reference
-- column signed decimal(18,2): amounts of the orders signed in the period, in the firm's currency; null without a list of orders
-- column signed_compared decimal(18,2): those of the stores compared
-- column signed_reference decimal(18,2): the same in a period of the reference
-- column signed_ratio_change double: signed_compared / signed_reference - 1
-- column upsold decimal(18,2): upsells sold in the period; null where no store records upsells
-- column upsold_compared decimal(18,2): those of the stores compared
-- column upsold_reference decimal(18,2): the same in a period of the reference
-- column upsold_ratio_change double: upsold_compared / upsold_reference - 1
-- column collected decimal(18,2): payments of the period less refunds; null where no store records payments
-- column collected_compared decimal(18,2): those of the stores compared
-- column collected_reference decimal(18,2): the same in a period of the reference
-- column collected_ratio_change double: collected_compared / collected_reference - 1
-- column outstanding decimal(18,2): owed by orders with a positive balance at the end of the period; null where no store records payments
-- column outstanding_orders bigint: orders with a positive balance; null where no store records payments
-- column outstanding_over_60 decimal(18,2): owed by those signed more than 60 days before; null where no store records payments
-- column outstanding_over_60_orders bigint: how many those are; null where no store records payments
-- column reference_from date: first day of the reference
-- column reference_to date: last day of the reference
-- column reference_weeks bigint not null: periods in the reference
-- column all_stores bigint not null: stores that the filters leave and that recorded anything in the 26 weeks up to a period's end
-- column compared_stores bigint not null: stores whose orders and money are compared: those that lack no orders on either side
-- column whole_stores bigint not null: stores that lack no list on either side, whose money revenue_change takes apart
-- column missing_stores bigint not null: stores that lack a list in the period or in the reference
-- column missing_store varchar: store with the first gap, those of the asked period before those of the reference
-- column missing_step_no bigint: what is missing there: 2 leads, 3 visits, 4 orders
-- column missing_from date: first day without a row
-- column missing_to date: last day without a row, at most as_of
-- column missing_every_list boolean: the store handed in no other list on these days either
-- column festival varchar: movable festival (key of the calendar) around which the shops were closed in the period or the reference
-- column closed_days bigint not null: days of the period on which at least half of all stores saw nobody around a festival
-- column closed_from date: the first of them
-- column closed_to date: the last of them
-- column reference_closed_days bigint not null: such days in a period of the reference, the most
-- column running boolean not null: the period had not ended on as_of
with asked as (
  select least($to::date, $as_of::date) as to_on
),
reference_spans as (
  select
    min(p.starts_on) as reference_from,
    max(p.ends_on) as reference_to,
    count(*)::bigint as weeks
  from periods p
  where p.period_no > 0
),
lists as (
  select coalesce(sum((s.orders_from_on <= $as_of::date)::int), 0) > 0 as has_orders
  from money_stores s
),
days as materialized (
  select
    e.segment as segment,
    e.store as store,
    e.store_key as store_key,
    case when e.kind in ('first_order', 'repeat_order') then 'order' else e.kind end as kind,
    e.happened_on as day,
    count(*)::bigint as entries,
    count(case when e.kind = 'repeat_order' then 1 end)::bigint as repeats,
    sum(e.amount)::decimal(18,2) as amount
  from asked_entries e
  group by
    e.segment,
    e.store,
    e.store_key,
    case when e.kind in ('first_order', 'repeat_order') then 'order' else e.kind end,
    e.happened_on
),
sources as (
  select
    d.segment as segment,
    max(case when s.upsells_from_on <= $as_of::date or d.kind = 'upsell' then 1 else 0 end) = 1 as has_upsells,
    max(case when s.payments_from_on <= $as_of::date or d.kind = 'payment' then 1 else 0 end) = 1 as has_payments,
    max(case when s.payments_from_on <= $as_of::date and d.kind = 'order' then 1 else 0 end) = 1 as has_balances
  from days d
  cross join asked a
  left join money_stores s on s.store is not distinct from d.store
  where d.day <= a.to_on
  group by d.segment
),
first_gaps as (
  select
    s.segment as segment,
    s.store_key as store_key,
    g.step_no as step_no,
    g.from_on as from_on,
    g.to_on as to_on,
    g.every_list as every_list
  from recording_stores s
  join period_gaps g on g.store_key = s.store_key
  qualify row_number() over (partition by s.segment order by (g.period_no > 0)::int, g.from_on, s.store_key, g.step_no) = 1
),
lacking as materialized (
  select g.store_key as store_key, max((g.step_no = 4)::int) as lacks_orders
  from period_gaps g
  group by g.store_key
),
store_counts as (
  select
    s.segment as segment,
    count(*)::bigint as all_stores,
    coalesce(sum(l.lacks_orders), 0)::bigint as orderless_stores,
    count(l.store_key)::bigint as missing_stores
  from recording_stores s
  left join lacking l on l.store_key = s.store_key
  group by s.segment
),
closures as (
  select
    p.period_no as period_no,
    max(c.festival) as festival,
    count(*)::bigint as days,
    min(c.day) as from_on,
    max(c.day) as to_on
  from periods p
  cross join closed_days c
  where c.day between p.starts_on and p.ends_on
  group by p.period_no
),
closed as (
  select
    max(c.festival) as festival,
    coalesce(max(case when c.period_no = 0 then c.days end), 0) as days,
    max(case when c.period_no = 0 then c.from_on end) as from_on,
    max(case when c.period_no = 0 then c.to_on end) as to_on,
    coalesce(max(case when c.period_no > 0 then c.days end), 0) as reference_days
  from closures c
),
movements as (
  select
    d.segment as segment,
    d.kind as kind,
    d.entries as entries,
    d.repeats as repeats,
    d.amount as amount,
    p.period_no as period_no,
    (coalesce(l.lacks_orders, 0) = 0)::boolean as is_compared
  from days d
  cross join periods p
  left join lacking l on l.store_key = d.store_key
  where d.day between p.starts_on and p.ends_on and d.kind <> 'taken_back'
),
totals as (
  select
    m.segment as segment,
    m.kind as kind,
    sum(case when m.period_no = 0 then m.entries else 0 end)::bigint as entries,
    sum(case when m.period_no = 0 then m.repeats else 0 end)::bigint as repeats,
    sum(case when m.period_no = 0 and m.is_compared then m.entries else 0 end)::bigint as entries_compared,
    sum(case when m.period_no > 0 and m.is_compared then m.entries else 0 end)::bigint as entries_before,
    sum(case when m.period_no = 0 then m.amount else 0 end)::decimal(18,2) as amount,
    sum(case when m.period_no = 0 and m.is_compared then m.amount else 0 end)::decimal(18,2) as amount_compared,
    sum(case when m.period_no > 0 and m.is_compared then m.amount else 0 end)::decimal(18,2) as amount_before
  from movements m
  group by m.segment, m.kind
),
debts as (
  select
    h.segment as segment,
    count(*)::bigint as orders,
    count(case when days_between(b.ordered_on, a.to_on) > 60 then 1 end)::bigint as old_orders,
    sum(b.balance)::decimal(18,2) as amount,
    sum(case when days_between(b.ordered_on, a.to_on) > 60 then b.balance else 0 end)::decimal(18,2) as old_amount
  from open_balances b
  cross join asked a
  join homes h on h.journey_id = b.journey_id
  join money_stores s on s.store is not distinct from b.store
  where
    b.ordered_on is not null
    and b.balance > 0
    and a.to_on between b.from_on and coalesce(b.until_on, $as_of::date)
    and s.payments_from_on <= $as_of::date
  group by h.segment
),
segments as (
  select 'all' as segment
  where $by::varchar is null
  union
  select j.segment as segment
  from asked_journey_days j
  where j.began_on <= $as_of::date
  union
  select d.segment as segment
  from days d
),
compared as (
  select
    s.segment as segment,
    x.has_orders as has_orders,
    coalesce(l.has_upsells, false) as has_upsells,
    coalesce(l.has_payments, false) as has_payments,
    coalesce(l.has_balances, false) as has_balances,
    coalesce(c.all_stores, 0) as all_stores,
    coalesce(c.all_stores - c.orderless_stores, 0) as compared_stores,
    coalesce(c.missing_stores, 0) as missing_stores,
    coalesce(c.all_stores > c.orderless_stores, false) as has_stores
  from segments s
  cross join lists x
  left join sources l on l.segment is not distinct from s.segment
  left join store_counts c on c.segment is not distinct from s.segment
),
sides as (
  select
    c.segment as segment,
    c.has_orders as has_orders,
    c.has_upsells as has_upsells,
    c.has_payments as has_payments,
    c.has_balances as has_balances,
    c.all_stores as all_stores,
    c.compared_stores as compared_stores,
    c.missing_stores as missing_stores,
    coalesce(o.entries, 0) as orders,
    coalesce(o.repeats, 0) as repeat_orders,
    coalesce(o.amount, 0)::decimal(18,2) as signed,
    coalesce(u.amount, 0)::decimal(18,2) as upsold,
    coalesce(p.amount, 0)::decimal(18,2) as collected,
    case when c.has_orders and c.has_stores then coalesce(o.entries_compared, 0) end as orders_compared,
    case when c.has_orders and c.has_stores then safe_ratio(coalesce(o.entries_before, 0), r.weeks) end as orders_reference,
    case when c.has_orders and c.has_stores then coalesce(o.amount_compared, 0) end::decimal(18,2) as signed_compared,
    case when c.has_orders and c.has_stores then money_per(coalesce(o.amount_before, 0)::decimal(18,2), r.weeks) end as signed_reference,
    case when c.has_upsells and c.has_stores then coalesce(u.amount_compared, 0) end::decimal(18,2) as upsold_compared,
    case when c.has_upsells and c.has_stores then money_per(coalesce(u.amount_before, 0)::decimal(18,2), r.weeks) end as upsold_reference,
    case when c.has_payments and c.has_stores then coalesce(p.amount_compared, 0) end::decimal(18,2) as collected_compared,
    case when c.has_payments and c.has_stores then money_per(coalesce(p.amount_before, 0)::decimal(18,2), r.weeks) end as collected_reference
  from compared c
  cross join reference_spans r
  left join totals o on o.segment is not distinct from c.segment and o.kind = 'order'
  left join totals u on u.segment is not distinct from c.segment and u.kind = 'upsell'
  left join totals p on p.segment is not distinct from c.segment and p.kind = 'payment'
)
select
  s.segment::varchar as segment,
  case when s.has_orders then s.orders end::bigint as orders,
  case when s.has_orders then s.repeat_orders end::bigint as repeat_orders,
  s.orders_compared::bigint as orders_compared,
  s.orders_reference::double as orders_reference,
  (s.orders_compared::double - s.orders_reference)::double as orders_change,
  case when s.has_orders then s.signed end::decimal(18,2) as signed,
  s.signed_compared::decimal(18,2) as signed_compared,
  s.signed_reference::decimal(18,2) as signed_reference,
  (safe_ratio(s.signed_compared, s.signed_reference) - 1e0)::double as signed_ratio_change,
  case when s.has_upsells then s.upsold end::decimal(18,2) as upsold,
  s.upsold_compared::decimal(18,2) as upsold_compared,
  s.upsold_reference::decimal(18,2) as upsold_reference,
  (safe_ratio(s.upsold_compared, s.upsold_reference) - 1e0)::double as upsold_ratio_change,
  case when s.has_payments then s.collected end::decimal(18,2) as collected,
  s.collected_compared::decimal(18,2) as collected_compared,
  s.collected_reference::decimal(18,2) as collected_reference,
  (safe_ratio(s.collected_compared, s.collected_reference) - 1e0)::double as collected_ratio_change,
  case when s.has_balances then coalesce(d.amount, 0) end::decimal(18,2) as outstanding,
  case when s.has_balances then coalesce(d.orders, 0) end::bigint as outstanding_orders,
  case when s.has_balances then coalesce(d.old_amount, 0) end::decimal(18,2) as outstanding_over_60,
  case when s.has_balances then coalesce(d.old_orders, 0) end::bigint as outstanding_over_60_orders,
  r.reference_from::date as reference_from,
  r.reference_to::date as reference_to,
  r.weeks::bigint as reference_weeks,
  s.all_stores::bigint as all_stores,
  s.compared_stores::bigint as compared_stores,
  (s.all_stores - s.missing_stores)::bigint as whole_stores,
  s.missing_stores::bigint as missing_stores,
  nullif(g.store_key, '')::varchar as missing_store,
  g.step_no::bigint as missing_step_no,
  g.from_on::date as missing_from,
  case when g.to_on is not null then least(g.to_on, $as_of::date) end::date as missing_to,
  g.every_list::boolean as missing_every_list,
  c.festival::varchar as festival,
  c.days::bigint as closed_days,
  c.from_on::date as closed_from,
  c.to_on::date as closed_to,
  c.reference_days::bigint as reference_closed_days,
  ($to::date > $as_of::date)::boolean as running
from sides s
cross join reference_spans r
cross join closed c
left join debts d on d.segment is not distinct from s.segment
left join first_gaps g on g.segment is not distinct from s.segment
order by s.segment nulls last
