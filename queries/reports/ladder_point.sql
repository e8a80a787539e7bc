-- What one more point of attach rate is worth in a month, touchpoint by touchpoint.
-- Orders that came to the touchpoint per month · 1 % · money of the upsells there per order that bought: as if those who buy
-- besides bought as much as those who buy now. Without other days the last six complete months. Only stores that can say who
-- came. The interval takes the orders as counted by chance (Poisson) and the mean with its standard error (delta method, on the
-- logarithm); it says how well the past is known, not what the next month brings. Days that are no whole months have no value.
-- grain: segment, touchpoint_no
-- audience: owner, manager stores, marketer
-- uses: ladder_levels, ladder_orders
-- param from date default months_from: first day of a month
-- param to date default months_to: last day of a month
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (period) default period: what happened in these months
-- param by varchar optional segment: field of the order's journey
-- param where varchar[] filters: entries field=value, of the order's journey
-- rows reached, reached_per_month: ladder_rows
-- rows attach_hits, attach_rate, amount, amount_per_sold, value: ladder_rows only='attached'
-- formula attach_rate: attach_hits / reached
-- formula amount_per_sold: amount / attach_hits
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column touchpoint_no bigint not null: 1 to 4
-- column touchpoint varchar not null: sale, shoot, viewing, pickup
-- column months bigint: how many months; null where the days are no whole months
-- column reached bigint not null: orders that came there, in the stores that can say so
-- column reached_per_month double: reached / months
-- column attach_hits bigint not null: of them, those to which at least one was sold there
-- column attach_rate double: attach_hits / reached
-- column amount decimal(18,2) not null: money of these upsells
-- column amount_per_sold decimal(18,2): amount / attach_hits
-- column value decimal(18,2): money per month of one more order in a hundred that buys; null where nobody bought
-- column value_low decimal(18,2): lower end of its 95 % interval; null where fewer than 10 orders bought
-- column value_high decimal(18,2): upper end of it
with spans as (
  select
    case
      when month_start($from::date) = $from::date and month_start(add_days($to::date, 1)) = add_days($to::date, 1) and $to::date <= $as_of::date
        then months_between($from::date, add_days($to::date, 1))
    end as months
),
counted as (
  select
    o.segment as segment,
    o.level as level,
    count(*)::bigint as reached,
    sum(o.is_sold)::bigint as attach_hits,
    sum(o.amount)::decimal(18,2) as amount,
    sum(case when o.is_sold = 1 then o.amount::double * o.amount::double else 0e0 end) as squares
  from ladder_orders o
  where o.level between 1 and 4 and o.is_reached = 1 and o.has_source = 1
  group by o.segment, o.level
),
sold as (
  select o.segment as segment, o.level as level, sum(o.amount)::decimal(18,2) as amount
  from ladder_orders o
  where o.level between 1 and 4 and o.is_reached = 1 and o.has_source = 1 and o.is_sold = 1
  group by o.segment, o.level
),
figures as (
  select
    c.segment as segment,
    c.level as level,
    s.months as months,
    c.reached as reached,
    c.attach_hits as attach_hits,
    coalesce(m.amount, 0)::decimal(18,2) as amount,
    safe_ratio(c.reached, s.months) as per_month,
    safe_ratio(m.amount, c.attach_hits) as mean,
    case when c.attach_hits > 1
      then greatest(c.squares - m.amount::double * m.amount::double / c.attach_hits, 0e0) / (c.attach_hits - 1)
    end as variance
  from counted c
  cross join spans s
  left join sold m on m.segment is not distinct from c.segment and m.level = c.level
),
spread as (
  select
    f.*,
    f.per_month * 0.01e0 * f.mean as value,
    case when f.attach_hits >= 10 and f.mean > 0
      then 1.959963984540054e0 * sqrt(1e0 / f.reached + f.variance / (f.attach_hits * f.mean * f.mean))
    end as reach
  from figures f
)
select
  s.segment::varchar as segment,
  s.level::bigint as touchpoint_no,
  l.touchpoint::varchar as touchpoint,
  s.months::bigint as months,
  s.reached::bigint as reached,
  s.per_month::double as reached_per_month,
  s.attach_hits::bigint as attach_hits,
  safe_ratio(s.attach_hits, s.reached)::double as attach_rate,
  s.amount::decimal(18,2) as amount,
  money_per(s.amount, s.attach_hits)::decimal(18,2) as amount_per_sold,
  money(s.value)::decimal(18,2) as value,
  money(s.value * exp(-s.reach))::decimal(18,2) as value_low,
  money(s.value * exp(s.reach))::decimal(18,2) as value_high
from spread s
join ladder_levels l on l.level = s.level
order by s.segment nulls last, s.level
