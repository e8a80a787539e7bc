-- Orders and money of the asked period beside earlier ones, with the spread that such sums have by chance.
-- A sum of n amounts is compound Poisson: its variance is the sum of its squared amounts, widened by the dispersion that
-- the 26 weeks before show (the mean of squared week-to-week differences over the sums of squares of both weeks, at least
-- 1). The orders themselves are amounts of 1. A figure exists where its list has a row within the last 26 weeks.
-- grain: segment, figure
-- uses: asked_entries, compared_periods
with entries as (
  select e.segment as segment, 1::bigint as figure_no, e.happened_on as happened_on, 1e0 as amount
  from asked_entries e
  where e.kind in ('first_order', 'repeat_order')
  union all
  select
    e.segment as segment,
    (case e.kind when 'upsell' then 3 when 'payment' then 4 else 2 end)::bigint as figure_no,
    e.happened_on as happened_on,
    e.amount::double as amount
  from asked_entries e
  where e.kind <> 'taken_back'
),
days as materialized (
  select
    e.segment as segment,
    e.figure_no as figure_no,
    e.happened_on as day,
    count(*)::bigint as entries,
    sum(e.amount) as amount,
    sum(e.amount * e.amount) as squares
  from entries e
  group by e.segment, e.figure_no, e.happened_on
),
kept_figures as (
  select distinct d.segment as segment, d.figure_no as figure_no
  from days d
  cross join compared_periods p
  where p.period_no = 0 and d.day between add_days(p.ends_on, -181) and p.ends_on
),
sums as (
  select
    p.period_no as period_no,
    d.segment as segment,
    d.figure_no as figure_no,
    sum(d.entries)::bigint as entries,
    sum(d.amount) as amount,
    sum(d.squares) as squares
  from days d
  cross join compared_periods p
  where d.day between p.starts_on and p.ends_on
  group by p.period_no, d.segment, d.figure_no
),
weeks as materialized (
  select
    p.period_no as period_no,
    p.is_history as is_history,
    p.is_reference as is_reference,
    k.segment as segment,
    k.figure_no as figure_no,
    coalesce(s.entries, 0)::bigint as entries,
    coalesce(s.amount, 0e0) as amount,
    coalesce(s.squares, 0e0) as squares
  from kept_figures k
  cross join compared_periods p
  left join sums s on s.period_no = p.period_no and s.segment is not distinct from k.segment and s.figure_no = k.figure_no
),
neighbours as (
  select
    w.segment as segment,
    w.figure_no as figure_no,
    w.amount as amount,
    w.squares as squares,
    lag(maybe(w.amount)) over (partition by w.segment, w.figure_no order by w.period_no) as later_amount,
    lag(maybe(w.squares)) over (partition by w.segment, w.figure_no order by w.period_no) as later_squares
  from weeks w
  where w.is_history
),
dispersions as (
  select
    n.segment as segment,
    n.figure_no as figure_no,
    count(*)::bigint as weeks,
    greatest(coalesce(avg(case
      when n.later_squares is not null and n.squares + n.later_squares > 0e0
        then safe_ratio((n.amount - n.later_amount) * (n.amount - n.later_amount), n.squares + n.later_squares)
    end), 1e0), 1e0) as dispersion
  from neighbours n
  group by n.segment, n.figure_no
),
means as (
  select
    w.segment as segment,
    w.figure_no as figure_no,
    count(*)::bigint as weeks,
    avg(w.entries::double) as entries,
    avg(w.amount) as amount,
    avg(w.squares) as squares
  from weeks w
  where w.is_reference
  group by w.segment, w.figure_no
)
select
  w.segment as segment,
  w.figure_no as figure_no,
  w.amount as value,
  m.amount as reference,
  m.entries as reference_entries,
  w.squares as squares,
  m.squares as reference_squares,
  m.weeks as reference_weeks,
  d.dispersion as dispersion,
  d.weeks as weeks
from weeks w
left join means m on m.segment is not distinct from w.segment and m.figure_no = w.figure_no
left join dispersions d on d.segment is not distinct from w.segment and d.figure_no = w.figure_no
where w.period_no = 0
