-- How long orders take from one touchpoint to the next: signing, shoot, viewing, pickup, and the first upsell.
-- Of the orders signed in the period, those that came to where the leg begins; an order that is still on its way counts as open
-- for as long as it is known, a cancelled one as given up. So the days by which a tenth, a quarter, a half, three quarters
-- and nine tenths have arrived are those of Aalen and Johansen's estimate (without cancellations Kaplan and Meier's), not of the quick ones alone; they
-- are empty where so many have not arrived. Days count from the first visit or offer at a touchpoint.
-- grain: segment, leg_no
-- audience: owner, manager stores, marketer
-- uses: exits = leg_exits, survival_bands, survival_medians, leg_orders
-- param from date default first_day: first business day of the orders, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort) default cohort: what became of the orders signed in the period
-- param by varchar optional segment: field of the order's journey
-- param where varchar[] filters: entries field=value, of the order's journey
-- param conf_type varchar (log_log | log | plain) default log_log: of what the interval of the median is taken, see survival
-- rows orders: leg_rows only='all'
-- rows arrived: leg_rows only='arrived'
-- rows cancelled: leg_rows only='cancelled'
-- rows open_orders: leg_rows only='open'
-- rows too_early: leg_rows only='too_early'
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column leg_no bigint not null: 1 to 5
-- column leg varchar not null: shoot (from signing), viewing (from the shoot), pickup (from the viewing), whole (from signing to the pickup), upsell (from signing to the first one sold)
-- column orders bigint not null: orders that set out
-- column arrived bigint not null: of them, those that arrived
-- column cancelled bigint not null: those cancelled on the way
-- column open_orders bigint not null: those on their way
-- column too_early bigint not null: of those that arrived, dated before they set out; counted as 0 days
-- column p10_days double: a tenth had arrived by then
-- column p25_days double: a quarter
-- column median_days double: half
-- column median_low double: lower end of the median's 95 % interval
-- column median_high double: upper end of it
-- column p75_days double: three quarters
-- column p90_days double: nine tenths
with marks as (
  select
    b.series_no as series_no,
    b.segment as segment,
    min(case when b.incidence >= 0.1e0 - 1e-9 then b.age end) as p10,
    min(case when b.incidence >= 0.25e0 - 1e-9 then b.age end) as p25,
    min(case when b.incidence >= 0.75e0 - 1e-9 then b.age end) as p75,
    min(case when b.incidence >= 0.9e0 - 1e-9 then b.age end) as p90
  from survival_bands b
  group by b.series_no, b.segment
),
counted as (
  select
    l.segment as segment,
    l.leg_no as leg_no,
    count(*)::bigint as orders,
    sum(l.arrived)::bigint as arrived,
    sum(l.cancelled)::bigint as cancelled,
    sum(l.too_early)::bigint as too_early
  from leg_orders l
  group by l.segment, l.leg_no
)
select
  c.segment::varchar as segment,
  c.leg_no::bigint as leg_no,
  (case c.leg_no when 1 then 'shoot' when 2 then 'viewing' when 3 then 'pickup' when 4 then 'whole' else 'upsell' end)::varchar as leg,
  c.orders::bigint as orders,
  c.arrived::bigint as arrived,
  c.cancelled::bigint as cancelled,
  (c.orders - c.arrived - c.cancelled)::bigint as open_orders,
  c.too_early::bigint as too_early,
  m.p10::double as p10_days,
  m.p25::double as p25_days,
  (case when h.is_half = 1 and h.under_half_from is not null then (h.half_from + h.under_half_from) / 2e0 else h.half_from end)::double as median_days,
  h.low_from::double as median_low,
  h.high_from::double as median_high,
  m.p75::double as p75_days,
  m.p90::double as p90_days
from counted c
join marks m on m.series_no = c.leg_no and m.segment is not distinct from c.segment
join survival_medians h on h.series_no = c.leg_no and h.segment is not distinct from c.segment
order by c.segment nulls last, c.leg_no
