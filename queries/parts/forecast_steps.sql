-- What a forecast made on one day says of a cohort up to another day, and in the end; and what came of it.
-- Each open member reaches the step with the probability (F(b) - F(a)) / (1 - F(a) - G(a)), a being its age and b the age it
-- will have then, at most the horizon; F and G are the incidences of the step and of losses. Whether they do is a sum of
-- independent trials (Poisson-binomial): chance_variance. The curve itself is estimated: curve_spread adds, over the members,
-- the standard error of the probability (the variance between two ages of survival_curves), as if all erred alike.
-- grain: day_no, until_no, is_final, segment, starts_on
-- uses: forecast_members, forecast_curves, forecast_spans
with horizons as (
  select c.day_no as day_no, c.segment as segment, c.horizon_days as horizon_days
  from forecast_curves c
  where c.age = 0
),
seen as (
  select
    p.day_no as day_no,
    p.until_no as until_no,
    p.is_final as is_final,
    m.segment as segment,
    m.starts_on as starts_on,
    days_between(m.ends_on, p.made_on) as cohort_age,
    greatest(days_between(m.began_on, least(p.made_on, m.known_until)), 0) as age,
    least(case when p.is_final then 100000 else days_between(m.began_on, least(p.until_on, m.known_until)) end, h.horizon_days) as until_age,
    h.horizon_days as horizon_days,
    m.reached_days as reached_days,
    m.lost_days as lost_days,
    m.people as people
  from forecast_members m
  join forecast_spans p on p.segment is not distinct from m.segment and p.starts_on = m.starts_on
  left join horizons h on h.day_no = p.day_no and h.segment is not distinct from m.segment
  where m.began_on <= p.made_on
),
standings as (
  select
    s.*,
    coalesce((s.reached_days <= s.age)::int, 0) as reached,
    coalesce((s.lost_days <= s.age)::int, 0) as given_up
  from seen s
),
counted as (
  select
    s.day_no as day_no,
    s.until_no as until_no,
    s.is_final as is_final,
    s.segment as segment,
    s.starts_on as starts_on,
    max(s.cohort_age) as cohort_age,
    s.age as age,
    s.until_age as until_age,
    s.horizon_days as horizon_days,
    sum(s.people)::bigint as people,
    sum(s.people * s.reached)::bigint as reached,
    sum(s.people * (1 - s.reached) * s.given_up)::bigint as lost,
    sum(s.people * (1 - s.reached) * (1 - s.given_up))::bigint as open,
    sum(case when s.reached = 0 and s.reached_days <= s.until_age then s.people else 0 end)::bigint as came
  from standings s
  group by s.day_no, s.until_no, s.is_final, s.segment, s.starts_on, s.age, s.until_age, s.horizon_days
),
chances as (
  select
    c.day_no as day_no,
    c.until_no as until_no,
    c.is_final as is_final,
    c.segment as segment,
    c.starts_on as starts_on,
    c.cohort_age as cohort_age,
    c.horizon_days as horizon_days,
    c.people as people,
    c.reached as reached,
    c.lost as lost,
    c.open as open,
    c.came as came,
    case
      when a.age is null or e.age <= a.age then 0e0
      else least(coalesce(safe_ratio(e.incidence - a.incidence, a.open_share), 0e0), 1e0)
    end as chance,
    case
      when a.age is null or e.age <= a.age then 0e0
      else coalesce(safe_ratio(
        greatest(
          e.incidence * e.incidence * (e.sum_a - a.sum_a) - 2e0 * e.incidence * (e.sum_af - a.sum_af) + (e.sum_aff - a.sum_aff)
            + (e.sum_b - a.sum_b) - 2e0 * e.incidence * (e.sum_c - a.sum_c) + 2e0 * (e.sum_cf - a.sum_cf),
          0e0
        ),
        a.open_share * a.open_share
      ), 0e0)
    end as chance_variance
  from counted c
  left join forecast_curves a on a.day_no = c.day_no and a.segment is not distinct from c.segment and a.age = c.age
  left join forecast_curves e on e.day_no = c.day_no and e.segment is not distinct from c.segment and e.age = c.until_age
)
select
  c.day_no as day_no,
  c.until_no as until_no,
  c.is_final as is_final,
  c.segment as segment,
  c.starts_on as starts_on,
  max(c.cohort_age)::bigint as cohort_age,
  max(c.horizon_days)::bigint as horizon_days,
  sum(c.people)::bigint as people,
  sum(c.reached)::bigint as reached,
  sum(c.lost)::bigint as lost,
  sum(c.open)::bigint as open,
  sum(c.came)::bigint as came,
  steady_sum(c.open * c.chance) as coming,
  steady_sum(c.open * c.chance * (1e0 - c.chance)) as chance_variance,
  steady_sum(c.open * sqrt(c.chance_variance)) as curve_spread
from chances c
group by c.day_no, c.until_no, c.is_final, c.segment, c.starts_on
