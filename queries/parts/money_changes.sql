-- Orders and money of the asked period beside earlier ones, with the spread that such sums have by chance.
-- A sum of n amounts is compound Poisson: its variance is the sum of its squared amounts, widened by the dispersion that
-- the 26 weeks before show (the mean of squared week-to-week differences over the sums of squares of both weeks, at least
-- 1). Of these weeks those around a movable festival or with a gap of orders are passed over, with both their differences.
-- The orders themselves are amounts of 1. A figure exists where its list has a row within the last 26 weeks.
-- grain: segment, figure
-- uses: periods, bounds, asked_entries, store_points
with kinds as (
  select k.kind as kind, k.figure_no::bigint as figure_no
  from (
    values ('first_order', 1), ('repeat_order', 1), ('first_order', 2), ('repeat_order', 2), ('upsell', 3), ('payment', 4)
  ) k(kind, figure_no)
),
entries as (
  select
    e.segment as segment,
    k.figure_no as figure_no,
    e.happened_on as day,
    (case k.figure_no when 1 then 1 else e.amount end)::decimal(18,2) as amount
  from asked_entries e
  join kinds k on k.kind = e.kind
),
days as (
  select
    e.segment as segment,
    e.figure_no as figure_no,
    e.day as day,
    count(*)::bigint as entries,
    sum(e.amount) as amount,
    sum(e.amount * e.amount)::double as squares
  from entries e
  cross join bounds b
  where e.day between b.first_on and b.last_on
  group by e.segment, e.figure_no, e.day
),
lacking as (
  select distinct s.segment as segment, s.period_no as period_no
  from store_points s
  where s.gap_4 = 1
),
weeks as (
  select
    d.segment as segment,
    d.figure_no as figure_no,
    p.period_no as period_no,
    p.is_history as is_history,
    p.in_closure as in_closure,
    p.is_reference as is_reference,
    max((d.day between add_days(p.ends_on, -181) and p.ends_on)::int) as has_list,
    sum(case when d.day between p.starts_on and p.ends_on then d.entries else 0 end)::bigint as entries,
    sum(case when d.day between p.starts_on and p.ends_on then d.amount else 0::decimal(18,2) end) as amount,
    steady_sum(case when d.day between p.starts_on and p.ends_on then d.squares else 0e0 end) as squares
  from days d
  cross join periods p
  where p.period_no >= 0
  group by d.segment, d.figure_no, p.period_no, p.is_history, p.in_closure, p.is_reference
),
marked as (
  select
    w.*,
    case when w.is_history and not w.in_closure and l.period_no is null then w.amount end as usual_amount,
    case when w.is_history and not w.in_closure and l.period_no is null then w.squares end as usual_squares
  from weeks w
  left join lacking l on l.segment is not distinct from w.segment and l.period_no = w.period_no
),
neighbours as (
  select
    m.*,
    lag(maybe(m.usual_amount)) over past as later_amount,
    lag(maybe(m.usual_squares)) over past as later_squares
  from marked m
  window past as (partition by m.segment, m.figure_no, m.is_history order by m.period_no)
)
select
  n.segment as segment,
  n.figure_no as figure_no,
  max(case when n.period_no = 0 then n.amount end)::double as value,
  safe_ratio(sum(case when n.is_reference then n.amount end), count(case when n.is_reference then n.amount end)) as reference,
  avg(case when n.is_reference then n.entries::double end) as reference_entries,
  max(case when n.period_no = 0 then n.squares end) as squares,
  steady_mean(case when n.is_reference then n.squares end) as reference_squares,
  count(case when n.is_reference then n.period_no end)::bigint as reference_weeks,
  greatest(coalesce(steady_mean(case
    when n.usual_squares + n.later_squares > 0e0
      then safe_ratio(
        (n.usual_amount - n.later_amount)::double * (n.usual_amount - n.later_amount)::double,
        n.usual_squares + n.later_squares
      )
  end), 1e0), 1e0) as dispersion,
  count(n.usual_amount + n.later_amount)::bigint as week_pairs
from neighbours n
group by n.segment, n.figure_no
having max(case when n.period_no = 0 then n.has_list end) = 1
