-- The age at which a cohort has shown nine tenths of what it will show, for the steps after the lead.
-- From all journeys begun in the 540 days before as_of, up to the largest age of at most 365 days with 30 journeys still at
-- risk. Only asked in the cohort view.
-- grain: step_no
-- uses: exits = maturity_exits, survival_curves
with known as (
  select c.series_no as step_no, c.age as age, c.incidence as incidence, max(c.incidence) over (partition by c.series_no) as in_the_end
  from survival_curves c
  where c.at_risk >= 30 and c.age <= 365
)
select
  k.step_no::bigint as step_no,
  min(k.age)::bigint as mature_days
from known k
where k.in_the_end > 0 and k.incidence >= 0.9e0 * k.in_the_end
group by k.step_no
