-- How each figure of the funnel and its money differ from earlier weeks, and whether that is more than noise.
-- Counts and sums: difference over its (compound) Poisson spread, widened by the dispersion of the 26 weeks before. Ratios
-- that are not nested: difference of logarithms over the usual week-to-week spread. Of the 26 weeks before, those with a gap
-- in the figure's lists and those around a movable festival (7 days before to 14 after it) say nothing of usual weeks: they
-- stay in the window, but feed neither dispersion nor spread nor range, and both week-to-week differences that they are
-- part of are passed over; degrees of freedom are those of the pairs of weeks that are left. Cohort rates: Newcombe's interval at
-- equal age. Orders and money (step 4) are those of the period's own days in both views. p values, the Benjamini-Hochberg
-- verdict over all rows and the fall that would be noticed are added by `verdicts`. A period of another length than a
-- week is compared with as many whole weeks; a running one with the same weekdays. A rate whose segment value became known
-- too late (see funnel) has no row. last_year goes back 52 weeks; near a movable festival (春节: from two weeks before its
-- week to three after, periods of up to six weeks) it is the week at the same distance from last year's festival. Weeks
-- with gaps are not judged, nor are weeks at another distance from such a festival than the weeks they are compared with.
-- grain: segment, step_no, figure
-- audience: owner, manager stores, marketer
-- uses: periods = change_periods, step_rates, money_changes
-- finish: verdicts
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: whose arithmetic
-- param compare varchar (previous | last_year | mean_of_four) default previous: the week before, 52 weeks before, or the mean of the four before
-- param by varchar optional segment: field whose values are compared each with its own past
-- param where varchar[] filters: entries field=value
-- rows value when figure = people and step_no = 0 | 1: campaign_day_rows
-- rows value when figure = people: journey_rows step=step_no
-- rows reference when figure = people and step_no = 0 | 1: campaign_day_rows from=reference_from to=reference_to
-- rows reference when figure = people: journey_rows from=reference_from to=reference_to step=step_no
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column step_no bigint not null: 0 to 6
-- column figure varchar not null: people, rate (the one that leads to the step); at step 4 also orders (first and further ones), signed, upsold, collected
-- column value double: people, rate, orders or money of the period, so far
-- column compared double: the same at the age that both cohorts have; equal to value in the period view
-- column reference double: the figure it is compared with
-- column reference_from date: first day of the reference
-- column reference_to date: last day of the reference
-- column reference_weeks bigint not null: periods in the reference
-- column matched_festival varchar: movable festival by whose day last year's period was chosen (key of the calendar); null otherwise
-- column change double: compared - reference
-- column ratio_change double: compared / reference - 1
-- column ratio_low double: lower end of the 95 % interval of ratio_change
-- column ratio_high double: upper end of the 95 % interval of ratio_change
-- column usual_low double: lower end of the usual weekly range of a rate that is not nested
-- column usual_high double: upper end of that range
-- column method varchar: count, amount, log_ratio or newcombe; null without a figure
-- column hits bigint: numerator that was compared
-- column base bigint: denominator that was compared
-- column reference_hits bigint: numerator of the reference, summed
-- column reference_base bigint: denominator of the reference, summed
-- column dispersion double: how much more than by mere luck weeks differ, at least 1 (count, amount)
-- column spread double: standard deviation of change (count, amount) or of the difference of logarithms (log_ratio)
-- column usual_spread double: the same for a period like its reference
-- column z double: change in spreads
-- column df bigint: degrees of freedom of Student's t; null for the normal distribution
-- column p double: two-sided probability of at least this change by chance
-- column verdict varchar: more_than_noise, within_noise, too_few, too_early, gap or holiday; null without a figure
-- column detectable_drop double: smallest relative fall from the reference that would be called in four of five such periods
-- column drop_no bigint: place among the falls that are called, the one that chance explains least first
-- column running boolean not null: the period had not ended on as_of
with points as (
  select
    r.segment as segment,
    r.step_no as step_no,
    r.period_no as period_no,
    p.is_history as is_history,
    (p.is_history and not p.in_closure)::boolean as is_usual,
    p.is_reference as is_reference,
    r.people as people,
    r.rate_from as rate_from,
    r.rate_hits as hits,
    r.rate_base as base,
    coalesce(r.rate_note, '') in ('no_source', 'known_after') as unrated,
    case when r.rate_hits > 0 and r.rate_base > 0 then ln(safe_ratio(r.rate_hits, r.rate_base)) end as log_ratio,
    r.gap_stores as gap_stores,
    r.gap_stores + r.gap_stores_before as rate_gap_stores
  from step_rates r
  join periods p on p.period_no = r.period_no
),
marked as (
  select
    t.*,
    case when t.is_usual and t.gap_stores = 0 then t.people end as usual_people,
    (t.is_usual and t.rate_gap_stores = 0)::boolean as is_usual_rate,
    case when t.is_usual and t.rate_gap_stores = 0 then t.log_ratio end as usual_log
  from points t
),
neighbours as (
  select
    m.*,
    lag(maybe(m.usual_people)) over past as later_people,
    lag(maybe(m.usual_log)) over past as later_log
  from marked m
  window past as (partition by m.segment, m.step_no, m.is_history order by m.period_no)
),
weighed as materialized (
  select
    n.segment as segment,
    n.step_no as step_no,
    max(case when n.period_no = -1 then n.people end) as people,
    max(case when n.period_no = 0 then n.people end) as compared,
    safe_ratio(sum(case when n.is_reference then n.people end), count(case when n.is_reference then n.people end)) as reference,
    count(case when n.is_reference then n.period_no end) as reference_weeks,
    count(n.usual_people + n.later_people)::bigint as week_pairs,
    greatest(coalesce(steady_mean(case
      when n.usual_people + n.later_people > 0
        then safe_ratio((n.usual_people - n.later_people) * (n.usual_people - n.later_people), n.usual_people + n.later_people)
    end), 1e0), 1e0) as dispersion,
    max(case when n.period_no = 0 and not n.unrated then n.rate_from end) as rate_from,
    max(case when n.period_no = -1 then n.hits end) as hits_so_far,
    max(case when n.period_no = -1 then n.base end) as base_so_far,
    max(case when n.period_no = 0 then n.hits end) as hits,
    max(case when n.period_no = 0 then n.base end) as base,
    sum(case when n.is_reference then n.hits end)::bigint as reference_hits,
    sum(case when n.is_reference then n.base end)::bigint as reference_base,
    max(case when n.period_no = 0 then n.log_ratio end) as log_ratio,
    steady_mean(case when n.is_reference then n.log_ratio end) as reference_log,
    count(case when n.is_reference then n.log_ratio end) as reference_logs,
    steady_mean(n.usual_log) as mean_log,
    count(n.usual_log)::bigint as logs,
    count(case when n.is_usual_rate then n.period_no end)::bigint as rate_weeks,
    count(n.usual_log + n.later_log)::bigint as log_pairs,
    sqrt(0.5e0 * steady_mean((n.usual_log - n.later_log) * (n.usual_log - n.later_log))) as week_spread,
    max(case when n.period_no = 0 or n.is_reference then n.gap_stores end) > 0 as has_gap,
    max(case when n.period_no = 0 or n.is_reference then n.rate_gap_stores end) > 0 as has_rate_gap
  from neighbours n
  group by n.segment, n.step_no
),
money_names as (
  select n.figure_no::bigint as figure_no, n.figure as figure, n.method as method
  from (values (1, 'orders', 'count'), (2, 'signed', 'amount'), (3, 'upsold', 'amount'), (4, 'collected', 'amount')) n(figure_no, figure, method)
),
figures as (
  select
    w.segment as segment,
    w.step_no as step_no,
    'people' as figure,
    1::bigint as figure_no,
    w.people::double as value,
    w.compared::double as compared,
    w.reference as reference,
    null::double as usual_low,
    null::double as usual_high,
    'count' as method,
    null::bigint as hits,
    null::bigint as base,
    null::bigint as reference_hits,
    null::bigint as reference_base,
    w.compared::double - w.reference as difference,
    w.compared::double as variance,
    w.reference as reference_variance,
    w.dispersion as dispersion,
    null::double as week_spread,
    w.week_pairs as week_pairs,
    w.reference_weeks as reference_weeks,
    (coalesce(w.reference, 0e0) < 10e0)::boolean as too_few,
    w.has_gap as has_gap
  from weighed w
  where w.people is not null
  union all
  select
    w.segment as segment,
    w.step_no as step_no,
    'rate' as figure,
    2::bigint as figure_no,
    safe_ratio(w.hits_so_far, w.base_so_far) as value,
    safe_ratio(w.hits, w.base) as compared,
    safe_ratio(w.reference_hits, w.reference_base) as reference,
    null::double as usual_low,
    null::double as usual_high,
    'newcombe' as method,
    w.hits as hits,
    w.base as base,
    w.reference_hits as reference_hits,
    w.reference_base as reference_base,
    null::double as difference,
    null::double as variance,
    null::double as reference_variance,
    null::double as dispersion,
    null::double as week_spread,
    null::bigint as week_pairs,
    w.reference_weeks as reference_weeks,
    (coalesce(w.base::double * safe_ratio(w.reference_hits, w.reference_base), 0e0) < 10e0)::boolean as too_few,
    w.has_rate_gap as has_gap
  from weighed w
  where w.rate_from is not null and $view::varchar = 'cohort' and w.step_no > 2
  union all
  select
    w.segment as segment,
    w.step_no as step_no,
    'rate' as figure,
    2::bigint as figure_no,
    safe_ratio(w.hits, w.base) as value,
    safe_ratio(w.hits, w.base) as compared,
    case when w.reference_logs = w.reference_weeks then exp(w.reference_log) end as reference,
    case when w.logs = w.rate_weeks and w.rate_weeks >= 13 then exp(w.mean_log - 1.959963984540054e0 * w.week_spread) end as usual_low,
    case when w.logs = w.rate_weeks and w.rate_weeks >= 13 then exp(w.mean_log + 1.959963984540054e0 * w.week_spread) end as usual_high,
    'log_ratio' as method,
    w.hits as hits,
    w.base as base,
    w.reference_hits as reference_hits,
    w.reference_base as reference_base,
    case when w.reference_logs = w.reference_weeks then w.log_ratio - w.reference_log end as difference,
    null::double as variance,
    null::double as reference_variance,
    null::double as dispersion,
    w.week_spread as week_spread,
    w.log_pairs as week_pairs,
    w.reference_weeks as reference_weeks,
    (w.rate_weeks < 13 or w.logs < w.rate_weeks or w.log_ratio is null or w.reference_log is null or w.reference_logs < w.reference_weeks
      or w.base::double * exp(w.reference_log) < 10e0)::boolean as too_few,
    w.has_rate_gap as has_gap
  from weighed w
  where w.rate_from is not null and ($view::varchar = 'period' or w.step_no <= 2)
  union all
  select
    m.segment as segment,
    4::bigint as step_no,
    n.figure as figure,
    2 + m.figure_no as figure_no,
    m.value as value,
    m.value as compared,
    m.reference as reference,
    null::double as usual_low,
    null::double as usual_high,
    n.method as method,
    null::bigint as hits,
    null::bigint as base,
    null::bigint as reference_hits,
    null::bigint as reference_base,
    m.value - m.reference as difference,
    m.squares as variance,
    m.reference_squares as reference_variance,
    m.dispersion as dispersion,
    null::double as week_spread,
    m.week_pairs as week_pairs,
    m.reference_weeks as reference_weeks,
    (coalesce(m.reference_entries, 0e0) < 10e0)::boolean as too_few,
    coalesce(w.has_gap, false) as has_gap
  from money_changes m
  join money_names n on n.figure_no = m.figure_no
  left join weighed w on w.segment is not distinct from m.segment and w.step_no = 4
),
spreads as (
  select
    f.*,
    case
      when f.method = 'log_ratio' then f.week_spread * sqrt(1e0 + safe_ratio(1, f.reference_weeks))
      when f.method in ('count', 'amount') then sqrt(f.dispersion * (f.variance + safe_ratio(f.reference_variance, f.reference_weeks)))
    end as spread,
    case
      when f.method = 'log_ratio' then f.week_spread * sqrt(1e0 + safe_ratio(1, f.reference_weeks))
      when f.method in ('count', 'amount') then sqrt(f.dispersion * f.reference_variance * (1e0 + safe_ratio(1, f.reference_weeks)))
    end as usual_spread
  from figures f
),
reference_spans as (
  select
    min(case when p.is_reference then p.starts_on end) as reference_from,
    max(case when p.is_reference then p.ends_on end) as reference_to,
    count(case when p.is_reference then p.period_no end)::bigint as reference_weeks,
    max(case when p.is_reference then p.matched_festival end) as matched_festival,
    min(coalesce(p.festival_days, 1000)) <> max(coalesce(p.festival_days, 1000)) as holiday_moved
  from periods p
  where p.period_no = 0 or p.is_reference
)
select
  f.segment::varchar as segment,
  f.step_no::bigint as step_no,
  f.figure::varchar as figure,
  f.value::double as value,
  f.compared::double as compared,
  f.reference::double as reference,
  s.reference_from::date as reference_from,
  s.reference_to::date as reference_to,
  s.reference_weeks::bigint as reference_weeks,
  s.matched_festival::varchar as matched_festival,
  (f.compared - f.reference)::double as change,
  (safe_ratio(f.compared, f.reference) - 1e0)::double as ratio_change,
  case when f.method = 'newcombe' then safe_ratio(newcombe_low(f.hits, f.base, f.reference_hits, f.reference_base), f.reference) end::double as ratio_low,
  case when f.method = 'newcombe' then safe_ratio(newcombe_high(f.hits, f.base, f.reference_hits, f.reference_base), f.reference) end::double as ratio_high,
  f.usual_low::double as usual_low,
  f.usual_high::double as usual_high,
  f.method::varchar as method,
  f.hits::bigint as hits,
  f.base::bigint as base,
  f.reference_hits::bigint as reference_hits,
  f.reference_base::bigint as reference_base,
  f.dispersion::double as dispersion,
  f.spread::double as spread,
  f.usual_spread::double as usual_spread,
  case when f.spread > 0e0 then f.difference / f.spread end::double as z,
  case
    when f.week_pairs > 0 and (f.method = 'log_ratio' or f.dispersion > 1e0)
      then whole(safe_ratio(2 * f.week_pairs * f.week_pairs, 3 * f.week_pairs - 1) + 0.5e0)
  end::bigint as df,
  null::double as p,
  case
    when f.value is null then null
    when f.has_gap then 'gap'
    when s.holiday_moved then 'holiday'
    when $view::varchar = 'cohort' and f.step_no > 2 and f.figure_no <= 2 and days_between(least($to::date, $as_of::date), $as_of::date) < 1 then 'too_early'
    when f.too_few then 'too_few'
  end::varchar as verdict,
  null::double as detectable_drop,
  null::bigint as drop_no,
  ($to::date > $as_of::date)::boolean as running
from spreads f
cross join reference_spans s
order by f.segment nulls last, f.step_no, f.figure_no
