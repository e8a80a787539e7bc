-- How each figure of the funnel and its money differ from earlier weeks, and whether that is more than noise.
-- Counts and sums: difference over its (compound) Poisson spread, widened by the dispersion of the 26 weeks before. Ratios
-- that are not nested: difference of logarithms over the usual week-to-week spread. Cohort rates: Newcombe's interval at
-- equal age. Orders and money (step 4) are those of the period's own days in both views. p values, the Benjamini-Hochberg
-- verdict over all rows and the fall that would be noticed are added by `verdicts`. A period of another length than a
-- week is compared with as many whole weeks; a running one with the same weekdays. Weeks with gaps are not judged. A
-- rate whose segment value became known too late (see funnel) has no row. last_year goes back 52 weeks whatever the
-- calendar: weeks near a movable festival are not matched with the festival's week.
-- grain: segment, step_no, figure
-- audience: owner, manager, marketer
-- uses: asked_journeys, journey_steps, asked_campaign_days, compared_periods, money_changes
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
-- column verdict varchar: more_than_noise, within_noise, too_few, too_early or gap; null without a figure
-- column detectable_drop double: smallest relative fall from the reference that would be called in four of five such periods
-- column drop_no bigint: place among the falls that are called, the largest relative one first
-- column running boolean not null: the period had not ended on as_of
with asked as (
  select
    $from::date as from_on,
    least($to::date, $as_of::date) as to_on,
    days_between(least($to::date, $as_of::date), $as_of::date) as age_days
),
reference_spans as (
  select
    min(p.starts_on) as reference_from,
    max(p.ends_on) as reference_to,
    count(*)::bigint as reference_weeks
  from compared_periods p
  where p.is_reference
),
daily as (
  select
    s.segment as segment,
    s.store_key as store_key,
    s.step_no as step_no,
    case $view::varchar when 'cohort' then s.began_on else s.step_on end as day,
    count(*)::bigint as people,
    coalesce(sum((case $view::varchar when 'cohort' then days_between(s.began_on, s.step_on) <= a.age_days else true end)::int), 0)::bigint as compared
  from journey_steps s
  cross join asked a
  where s.step_on <= $as_of::date and s.began_on <= case when $view::varchar = 'cohort' then $as_of::date else s.began_on end
  group by s.segment, s.store_key, s.step_no, case $view::varchar when 'cohort' then s.began_on else s.step_on end
),
stores as (
  select distinct j.segment as segment, coalesce(j.store, '') as store_key
  from asked_journeys j
),
store_steps as materialized (
  select distinct s.segment as segment, s.store_key as store_key, d.step_no as step_no
  from stores s
  join source_days d on coalesce(d.store, '') = s.store_key
  cross join asked a
  where
    d.day between
      case when $view::varchar = 'cohort' then add_days(a.from_on, -182) else add_days(a.to_on, -181) end
      and case when $view::varchar = 'cohort' then $as_of::date else a.to_on end
),
panel as materialized (
  select
    p.period_no as period_no,
    d.segment as segment,
    d.store_key as store_key,
    d.step_no as step_no,
    sum(d.people)::bigint as people,
    sum(d.compared)::bigint as compared
  from daily d
  cross join compared_periods p
  where d.day between p.starts_on and p.ends_on
  group by p.period_no, d.segment, d.store_key, d.step_no
),
campaign_panel as materialized (
  select
    p.period_no as period_no,
    c.segment as segment,
    c.campaign as campaign,
    coalesce(sum(c.audience), 0)::bigint as audience,
    coalesce(sum(c.aware), 0)::bigint as aware
  from asked_campaign_days c
  cross join compared_periods p
  where c.day between p.starts_on and p.ends_on
  group by p.period_no, c.segment, c.campaign
),
leads_of_campaigns as (
  select c.period_no as period_no, c.segment as segment, count(*)::bigint as leads
  from journey_steps s
  join campaign_panel c on c.segment is not distinct from s.segment and c.campaign = s.campaign
  join compared_periods p on p.period_no = c.period_no
  where s.step_no = 2 and s.kind = 'lead' and s.began_on between p.starts_on and p.ends_on
  group by c.period_no, c.segment
),
contacts as (
  select c.period_no as period_no, c.segment as segment, sum(c.audience)::bigint as audience, sum(c.aware)::bigint as aware
  from campaign_panel c
  group by c.period_no, c.segment
),
counts as (
  select
    p.period_no as period_no,
    s.segment as segment,
    s.step_no as step_no,
    coalesce(sum(n.people), 0)::bigint as people,
    coalesce(sum(n.compared), 0)::bigint as compared
  from compared_periods p
  cross join store_steps s
  left join panel n
    on n.period_no = p.period_no
    and n.segment is not distinct from s.segment
    and n.store_key = s.store_key
    and n.step_no = s.step_no
  group by p.period_no, s.segment, s.step_no
  union all
  select c.period_no as period_no, c.segment as segment, 0::bigint as step_no, c.audience as people, c.audience as compared
  from contacts c
  union all
  select c.period_no as period_no, c.segment as segment, 1::bigint as step_no, c.aware as people, c.aware as compared
  from contacts c
),
pairs as (
  select a.segment as segment, a.step_no as step_no, b.step_no as from_no, a.store_key as store_key
  from store_steps a
  join store_steps b on b.segment is not distinct from a.segment and b.store_key = a.store_key
  where
    (a.step_no = 3 and b.step_no = 2)
    or (a.step_no = 4 and b.step_no in (2, 3))
    or (a.step_no in (5, 6) and b.step_no = 4)
),
bridges as (
  select p.segment as segment, p.step_no as step_no, max(p.from_no) as from_no
  from pairs p
  group by p.segment, p.step_no
),
rates as (
  select
    t.period_no as period_no,
    b.segment as segment,
    b.step_no as step_no,
    b.from_no as from_no,
    coalesce(sum(h.people), 0)::bigint as hits,
    coalesce(sum(d.people), 0)::bigint as base,
    coalesce(sum(h.compared), 0)::bigint as compared_hits,
    coalesce(sum(d.compared), 0)::bigint as compared_base
  from bridges b
  join pairs p on p.segment is not distinct from b.segment and p.step_no = b.step_no and p.from_no = b.from_no
  cross join compared_periods t
  left join panel h
    on h.period_no = t.period_no
    and h.segment is not distinct from b.segment
    and h.store_key = p.store_key
    and h.step_no = b.step_no
  left join panel d
    on d.period_no = t.period_no
    and d.segment is not distinct from b.segment
    and d.store_key = p.store_key
    and d.step_no = b.from_no
  group by t.period_no, b.segment, b.step_no, b.from_no
  union all
  select c.period_no as period_no, c.segment as segment, 1::bigint as step_no, 0::bigint as from_no, c.aware as hits, c.audience as base, c.aware as compared_hits, c.audience as compared_base
  from contacts c
  union all
  select
    c.period_no as period_no,
    c.segment as segment,
    2::bigint as step_no,
    1::bigint as from_no,
    coalesce(l.leads, 0)::bigint as hits,
    c.aware as base,
    coalesce(l.leads, 0)::bigint as compared_hits,
    c.aware as compared_base
  from contacts c
  left join leads_of_campaigns l on l.period_no = c.period_no and l.segment is not distinct from c.segment
),
count_pairs as (
  select
    c.segment as segment,
    c.step_no as step_no,
    c.compared as compared,
    p.is_history as is_history,
    lag(maybe(c.compared)) over (partition by c.segment, c.step_no, p.is_history order by c.period_no) as later
  from counts c
  join compared_periods p on p.period_no = c.period_no
),
count_dispersions as (
  select
    q.segment as segment,
    q.step_no as step_no,
    count(*)::bigint as weeks,
    greatest(coalesce(avg(case
      when q.later is not null and q.compared + q.later > 0
        then safe_ratio((q.compared - q.later) * (q.compared - q.later), q.compared + q.later)
    end), 1e0), 1e0) as dispersion
  from count_pairs q
  where q.is_history
  group by q.segment, q.step_no
),
count_references as (
  select c.segment as segment, c.step_no as step_no, sum(c.compared)::bigint as total, count(*)::bigint as weeks
  from counts c
  join compared_periods p on p.period_no = c.period_no
  where p.is_reference
  group by c.segment, c.step_no
),
count_figures as (
  select
    c.segment as segment,
    c.step_no as step_no,
    c.people::double as value,
    c.compared::double as compared,
    safe_ratio(r.total, r.weeks) as reference,
    r.weeks as reference_weeks,
    d.dispersion as dispersion,
    d.weeks as weeks
  from counts c
  left join count_references r on r.segment is not distinct from c.segment and r.step_no = c.step_no
  left join count_dispersions d on d.segment is not distinct from c.segment and d.step_no = c.step_no
  where c.period_no = 0
),
logs as (
  select
    r.period_no as period_no,
    r.segment as segment,
    r.step_no as step_no,
    p.is_history as is_history,
    p.is_reference as is_reference,
    case when r.hits > 0 and r.base > 0 then ln(safe_ratio(r.hits, r.base)) end as log_ratio
  from rates r
  join compared_periods p on p.period_no = r.period_no
),
log_pairs as (
  select
    l.segment as segment,
    l.step_no as step_no,
    l.log_ratio as log_ratio,
    lag(maybe(l.log_ratio)) over (partition by l.segment, l.step_no order by l.period_no) as later
  from logs l
  where l.is_history
),
log_spreads as (
  select
    q.segment as segment,
    q.step_no as step_no,
    count(*)::bigint as weeks,
    count(q.log_ratio)::bigint as known_weeks,
    avg(q.log_ratio) as mean_log,
    sqrt(0.5e0 * avg((q.log_ratio - q.later) * (q.log_ratio - q.later))) as week_spread
  from log_pairs q
  group by q.segment, q.step_no
),
log_references as (
  select
    l.segment as segment,
    l.step_no as step_no,
    count(*)::bigint as weeks,
    count(l.log_ratio)::bigint as known_weeks,
    avg(l.log_ratio) as mean_log
  from logs l
  where l.is_reference
  group by l.segment, l.step_no
),
pooled_references as (
  select
    r.segment as segment,
    r.step_no as step_no,
    sum(r.compared_hits)::bigint as hits,
    sum(r.compared_base)::bigint as base
  from rates r
  join compared_periods p on p.period_no = r.period_no
  where p.is_reference
  group by r.segment, r.step_no
),
rate_figures as (
  select
    r.segment as segment,
    r.step_no as step_no,
    r.from_no as from_no,
    ($view::varchar = 'cohort' and r.step_no > 2)::boolean as nested,
    safe_ratio(r.hits, r.base) as value,
    r.compared_hits as hits,
    r.compared_base as base,
    g.hits as reference_hits,
    g.base as reference_base,
    l.log_ratio as log_ratio,
    case when f.known_weeks = f.weeks then f.mean_log end as reference_log,
    f.weeks as reference_weeks,
    s.mean_log as mean_log,
    s.week_spread as week_spread,
    s.weeks as weeks,
    s.known_weeks as known_weeks
  from rates r
  left join pooled_references g on g.segment is not distinct from r.segment and g.step_no = r.step_no
  left join logs l on l.segment is not distinct from r.segment and l.step_no = r.step_no and l.period_no = 0
  left join log_references f on f.segment is not distinct from r.segment and f.step_no = r.step_no
  left join log_spreads s on s.segment is not distinct from r.segment and s.step_no = r.step_no
  where r.period_no = 0
),
late_segments as (
  select
    s.segment as segment,
    (20 * count(distinct case when s.known_step > 2 then s.journey_id end) > count(distinct s.journey_id))::boolean as late_for_2,
    (20 * count(distinct case when s.known_step > 3 then s.journey_id end) > count(distinct s.journey_id))::boolean as late_for_3
  from journey_steps s
  cross join asked a
  where case $view::varchar when 'cohort' then s.began_on else s.step_on end between a.from_on and a.to_on
  group by s.segment
),
late_fields as (
  select max((l.late_for_2)::int) = 1 as late_for_2, max((l.late_for_3)::int) = 1 as late_for_3
  from late_segments l
),
early_rates as (
  select r.*
  from rate_figures r
  cross join late_fields f
  left join late_segments l on l.segment is not distinct from r.segment
  where
    not coalesce(
      case
        when r.from_no = 2 and r.segment is null then f.late_for_2
        when r.from_no = 2 then l.late_for_2
        when r.from_no = 3 and r.segment is null then f.late_for_3
        when r.from_no = 3 then l.late_for_3
      end,
      false
    )
),
gap_steps as (
  select distinct s.segment as segment, g.step_no as step_no
  from gaps g
  join store_steps s on s.store_key = coalesce(g.store, '') and s.step_no = g.step_no
  cross join compared_periods p
  where (p.period_no = 0 or p.is_reference) and g.from_on <= p.ends_on and g.to_on >= p.starts_on
),
money_names as (
  select n.figure_no::bigint as figure_no, n.figure as figure, n.method as method
  from (values (1, 'orders', 'count'), (2, 'signed', 'amount'), (3, 'upsold', 'amount'), (4, 'collected', 'amount')) n(figure_no, figure, method)
),
figures as (
  select
    c.segment as segment,
    c.step_no as step_no,
    'people' as figure,
    1::bigint as figure_no,
    c.step_no as from_no,
    c.value as value,
    c.compared as compared,
    c.reference as reference,
    null::double as usual_low,
    null::double as usual_high,
    'count' as method,
    null::bigint as hits,
    null::bigint as base,
    null::bigint as reference_hits,
    null::bigint as reference_base,
    c.compared - c.reference as difference,
    c.compared as variance,
    c.reference as reference_variance,
    c.dispersion as dispersion,
    null::double as week_spread,
    c.weeks as weeks,
    c.reference_weeks as reference_weeks,
    (coalesce(c.reference, 0e0) < 10e0)::boolean as too_few,
    ($view::varchar = 'cohort' and c.step_no > 2 and a.age_days < 1)::boolean as too_early
  from count_figures c
  cross join asked a
  union all
  select
    r.segment as segment,
    r.step_no as step_no,
    'rate' as figure,
    2::bigint as figure_no,
    r.from_no as from_no,
    r.value as value,
    case when r.nested then safe_ratio(r.hits, r.base) else r.value end as compared,
    case when r.nested then safe_ratio(r.reference_hits, r.reference_base) else exp(r.reference_log) end as reference,
    case when not r.nested and r.known_weeks = r.weeks and r.weeks >= 13 then exp(r.mean_log - 1.959963984540054e0 * r.week_spread) end as usual_low,
    case when not r.nested and r.known_weeks = r.weeks and r.weeks >= 13 then exp(r.mean_log + 1.959963984540054e0 * r.week_spread) end as usual_high,
    case when r.nested then 'newcombe' else 'log_ratio' end as method,
    r.hits as hits,
    r.base as base,
    r.reference_hits as reference_hits,
    r.reference_base as reference_base,
    r.log_ratio - r.reference_log as difference,
    null::double as variance,
    null::double as reference_variance,
    null::double as dispersion,
    case when not r.nested then r.week_spread end as week_spread,
    r.weeks as weeks,
    r.reference_weeks as reference_weeks,
    (case
      when r.nested then coalesce(r.base::double * safe_ratio(r.reference_hits, r.reference_base), 0e0) < 10e0
      else r.weeks is null or r.weeks < 13 or r.known_weeks < r.weeks or r.log_ratio is null or r.reference_log is null
        or r.base::double * exp(r.reference_log) < 10e0
    end)::boolean as too_few,
    (r.nested and a.age_days < 1)::boolean as too_early
  from early_rates r
  cross join asked a
  union all
  select
    m.segment as segment,
    4::bigint as step_no,
    n.figure as figure,
    2 + m.figure_no as figure_no,
    4::bigint as from_no,
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
    m.weeks as weeks,
    m.reference_weeks as reference_weeks,
    (coalesce(m.reference_entries, 0e0) < 10e0)::boolean as too_few,
    false as too_early
  from money_changes m
  join money_names n on n.figure_no = m.figure_no
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
    when f.weeks > 1 and (f.method = 'log_ratio' or f.dispersion > 1e0)
      then whole(safe_ratio(2 * (f.weeks - 1) * (f.weeks - 1), 3 * f.weeks - 4) + 0.5e0)
  end::bigint as df,
  null::double as p,
  case
    when f.value is null then null
    when g.step_no is not null or h.step_no is not null then 'gap'
    when f.too_early then 'too_early'
    when f.too_few then 'too_few'
  end::varchar as verdict,
  null::double as detectable_drop,
  null::bigint as drop_no,
  ($to::date > $as_of::date)::boolean as running
from spreads f
cross join reference_spans s
left join gap_steps g on g.segment is not distinct from f.segment and g.step_no = least(f.step_no, 4)
left join gap_steps h on h.segment is not distinct from f.segment and h.step_no = least(f.from_no, 4)
order by f.segment nulls last, f.step_no, f.figure_no
