-- What both compared cohorts came to as a whole: the figure of each in hundredths (of a percentage point, a person or a unit of
-- money, in the unit of days that both are told in), its mean, and what one point of a mean is worth in the figure.
-- grain: one row
-- uses: $figure, periods, cohort_pairs, entry_dispersion
with lengths as (
  select
    max(case when p.side = 'after' then p.days end) as days_after,
    max(case when p.side = 'before' then p.days end) as days_before,
    max(p.unit_days) as unit_days,
    max(p.age_days) as age_days
  from periods p
),
alls as (
  select
    sum(c.entered_after)::bigint as entered_after,
    sum(c.entered_before)::bigint as entered_before,
    case when $figure::varchar = 'money' then sum(c.amount_after) else sum(c.reached_after) end::double as yield_after,
    case when $figure::varchar = 'money' then sum(c.amount_before) else sum(c.reached_before) end::double as yield_before
  from cohort_pairs c
),
wholes as (
  select
    a.entered_after as all_after,
    a.entered_before as all_before,
    l.days_after as days_after,
    l.days_before as days_before,
    l.unit_days as unit_days,
    l.age_days as age_days,
    safe_ratio(l.unit_days, l.days_after) as weight_after,
    safe_ratio(l.unit_days, l.days_before) as weight_before,
    coalesce(safe_ratio(a.yield_after, a.entered_after), safe_ratio(a.yield_before, a.entered_before)) as mean_after,
    coalesce(safe_ratio(a.yield_before, a.entered_before), safe_ratio(a.yield_after, a.entered_after)) as mean_before,
    case $figure::varchar
      when 'rate' then 1e4 * safe_ratio(a.yield_after, a.entered_after)
      else 1e2 * a.yield_after * safe_ratio(l.unit_days, l.days_after)
    end as total_after,
    case $figure::varchar
      when 'rate' then 1e4 * safe_ratio(a.yield_before, a.entered_before)
      else 1e2 * a.yield_before * safe_ratio(l.unit_days, l.days_before)
    end as total_before,
    d.dispersion as dispersion,
    d.week_pairs as week_pairs,
    d.holiday_moved as holiday_moved
  from alls a
  cross join lengths l
  cross join entry_dispersion d
)
select
  w.*,
  floor(w.total_after + 0.5e0) as hundredths_after,
  floor(w.total_before + 0.5e0) as hundredths_before,
  0.5e0 * (w.mean_after + w.mean_before) as mean,
  case $figure::varchar
    when 'rate' then 100e0
    else 0.5e0 * (w.all_after * w.weight_after + w.all_before * w.weight_before)
  end as scale
from wholes w
