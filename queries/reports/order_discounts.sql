-- How many orders were signed below their list price, by how much, and what was sold to them besides.
-- The orders signed in the period that have a list price. A discount is list price less the order as signed. Beside it, for the
-- stores that record upsells, how many of the discounted and of the other orders bought anything beyond the order by as_of,
-- and for how much; young orders have had less time for it. Which comes of which is not said: who is given a discount
-- differs in more than that.
-- grain: segment
-- audience: owner, manager stores, marketer
-- uses: discount_orders
-- param from date default first_day: first business day of the orders, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort) default cohort: what became of the orders signed in the period
-- param by varchar optional segment: field of the order's journey
-- param where varchar[] filters: entries field=value, of the order's journey
-- rows orders: discount_rows only='all'
-- rows listed, list_amount: discount_rows only='listed'
-- rows discounted, discount_rate, discount_amount, median_discount, median_share, discount_share: discount_rows only='discounted'
-- rows above_list: discount_rows only='above_list'
-- rows discounted_base: discount_rows only='discounted_base'
-- rows discounted_bought, discounted_rate: discount_rows only='discounted_bought'
-- rows full_base: discount_rows only='full_base'
-- rows full_bought, full_rate: discount_rows only='full_bought'
-- formula discount_rate: discounted / listed
-- formula discount_share: discount_amount / list_amount
-- formula discounted_rate: discounted_bought / discounted_base
-- formula full_rate: full_bought / full_base
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column orders bigint not null: orders signed
-- column listed bigint not null: of them, those with a list price
-- column discounted bigint not null: of these, those signed below it
-- column discount_rate double: discounted / listed
-- column discount_low double: lower end of Wilson's 95 % interval
-- column discount_high double: upper end of Wilson's 95 % interval
-- column above_list bigint not null: those signed above it
-- column list_amount decimal(18,2) not null: list prices of the orders that have one
-- column discount_amount decimal(18,2) not null: discounts of the orders signed below it
-- column discount_share double: discount_amount / list_amount
-- column median_discount decimal(18,2): of the discounted orders, half had at most this discount
-- column median_share double: the same as a share of the list price
-- column discounted_base bigint not null: discounted orders in stores that record upsells
-- column discounted_bought bigint not null: of them, those that bought something besides
-- column discounted_rate double: discounted_bought / discounted_base
-- column discounted_low double: lower end of Wilson's 95 % interval
-- column discounted_high double: upper end of Wilson's 95 % interval
-- column discounted_upsold decimal(18,2): money of upsells per discounted order
-- column full_base bigint not null: orders signed at or above list price, in the same stores
-- column full_bought bigint not null: of them, those that bought something besides
-- column full_rate double: full_bought / full_base
-- column full_low double: lower end of Wilson's 95 % interval
-- column full_high double: upper end of Wilson's 95 % interval
-- column full_upsold decimal(18,2): money of upsells per order at or above list price
-- column difference double: discounted_rate - full_rate
-- column difference_low double: lower end of Newcombe's 95 % interval
-- column difference_high double: upper end of Newcombe's 95 % interval
with counted as (
  select
    d.segment as segment,
    count(*)::bigint as orders,
    sum(d.is_listed)::bigint as listed,
    sum(d.is_discounted)::bigint as discounted,
    sum(d.is_above)::bigint as above_list,
    coalesce(sum(d.list_price), 0)::decimal(18,2) as list_amount,
    coalesce(sum(case when d.is_discounted = 1 then d.discount end), 0)::decimal(18,2) as discount_amount,
    percentile(case when d.is_discounted = 1 then d.discount end, 0.5) as median_discount,
    percentile(case when d.is_discounted = 1 then safe_ratio(d.discount, d.list_price) end, 0.5) as median_share,
    sum(d.is_discounted * d.has_upsells)::bigint as discounted_base,
    sum(d.is_discounted * d.has_upsells * d.bought)::bigint as discounted_bought,
    coalesce(sum(case when d.is_discounted * d.has_upsells = 1 then d.upsold end), 0)::decimal(18,2) as discounted_amount,
    sum((d.is_listed - d.is_discounted) * d.has_upsells)::bigint as full_base,
    sum((d.is_listed - d.is_discounted) * d.has_upsells * d.bought)::bigint as full_bought,
    coalesce(sum(case when (d.is_listed - d.is_discounted) * d.has_upsells = 1 then d.upsold end), 0)::decimal(18,2) as full_amount
  from discount_orders d
  group by d.segment
)
select
  c.segment::varchar as segment,
  c.orders::bigint as orders,
  c.listed::bigint as listed,
  c.discounted::bigint as discounted,
  safe_ratio(c.discounted, c.listed)::double as discount_rate,
  wilson_low(c.discounted, c.listed)::double as discount_low,
  wilson_high(c.discounted, c.listed)::double as discount_high,
  c.above_list::bigint as above_list,
  c.list_amount::decimal(18,2) as list_amount,
  c.discount_amount::decimal(18,2) as discount_amount,
  safe_ratio(c.discount_amount, c.list_amount)::double as discount_share,
  case when c.discounted > 0 then money(c.median_discount) end::decimal(18,2) as median_discount,
  case when c.discounted > 0 then c.median_share end::double as median_share,
  c.discounted_base::bigint as discounted_base,
  c.discounted_bought::bigint as discounted_bought,
  safe_ratio(c.discounted_bought, c.discounted_base)::double as discounted_rate,
  wilson_low(c.discounted_bought, c.discounted_base)::double as discounted_low,
  wilson_high(c.discounted_bought, c.discounted_base)::double as discounted_high,
  money_per(c.discounted_amount, c.discounted_base)::decimal(18,2) as discounted_upsold,
  c.full_base::bigint as full_base,
  c.full_bought::bigint as full_bought,
  safe_ratio(c.full_bought, c.full_base)::double as full_rate,
  wilson_low(c.full_bought, c.full_base)::double as full_low,
  wilson_high(c.full_bought, c.full_base)::double as full_high,
  money_per(c.full_amount, c.full_base)::decimal(18,2) as full_upsold,
  (safe_ratio(c.discounted_bought, c.discounted_base) - safe_ratio(c.full_bought, c.full_base))::double as difference,
  newcombe_low(c.discounted_bought, c.discounted_base, c.full_bought, c.full_base)::double as difference_low,
  newcombe_high(c.discounted_bought, c.discounted_base, c.full_bought, c.full_base)::double as difference_high
from counted c
order by c.segment nulls last
