-- Each asked cohort beside the earlier ones at the same age.
-- The age is that of the cohort's youngest member at as_of; a journey counts if it reached the step within so many days of its
-- beginning. Earlier cohorts are those begun in the 540 days before as_of; how much they differ among themselves beyond chance
-- (Pearson's chi-square over its degrees of freedom, at least 1; McCullagh & Nelder 1989, Generalized Linear Models, 4.5) widens
-- the standard error of the difference. Stores of which nothing is known of late are left out on both sides.
-- grain: segment, starts_on
-- uses: forecast_members, $from, $to, $as_of
with cohorts as (
  select
    m.segment as segment,
    m.starts_on as starts_on,
    m.ends_on as ends_on,
    days_between(m.ends_on, $as_of::date) as age,
    m.reached_days as reached_days,
    sum(m.people)::bigint as people
  from forecast_members m
  where m.known_until = $as_of::date
  group by m.segment, m.starts_on, m.ends_on, m.reached_days
),
asked as (
  select c.segment as segment, c.starts_on as starts_on, c.age as age
  from cohorts c
  where c.ends_on >= $from::date and c.starts_on <= least($to::date, $as_of::date) and c.age >= 1
  group by c.segment, c.starts_on, c.age
),
compared as (
  select
    a.segment as segment,
    a.starts_on as starts_on,
    a.age as age,
    c.starts_on as other_on,
    sum(c.people)::bigint as people,
    coalesce(sum(case when c.reached_days <= a.age then c.people else 0 end), 0)::bigint as hits
  from asked a
  join cohorts c on c.segment is not distinct from a.segment
  where c.starts_on <= a.starts_on and (c.starts_on = a.starts_on or c.starts_on >= add_days($as_of::date, -540))
  group by a.segment, a.starts_on, a.age, c.starts_on
),
pooled as (
  select
    c.segment as segment,
    c.starts_on as starts_on,
    c.age as age,
    coalesce(sum(case when c.other_on = c.starts_on then c.people end), 0)::bigint as people,
    coalesce(sum(case when c.other_on = c.starts_on then c.hits end), 0)::bigint as hits,
    coalesce(sum(case when c.other_on < c.starts_on then c.people end), 0)::bigint as others,
    coalesce(sum(case when c.other_on < c.starts_on then c.hits end), 0)::bigint as other_hits,
    sum((c.other_on < c.starts_on)::int)::bigint as other_cohorts
  from compared c
  group by c.segment, c.starts_on, c.age
),
rated as (
  select
    p.segment as segment,
    p.starts_on as starts_on,
    p.age as age,
    p.people as people,
    p.hits as hits,
    p.others as others,
    p.other_hits as other_hits,
    p.other_cohorts as other_cohorts,
    safe_ratio(p.hits, p.people) as rate,
    safe_ratio(p.other_hits, p.others) as usual_rate
  from pooled p
),
dispersed as (
  select
    r.segment as segment,
    r.starts_on as starts_on,
    steady_sum(power(c.hits - c.people * r.usual_rate, 2e0) / nullif(c.people * r.usual_rate * (1e0 - r.usual_rate), 0)) as chi_square
  from rated r
  join compared c on c.segment is not distinct from r.segment and c.starts_on = r.starts_on and c.other_on < c.starts_on
  group by r.segment, r.starts_on
),
judged as (
  select
    r.segment as segment,
    r.starts_on as starts_on,
    r.age as age,
    r.people as people,
    r.hits as hits,
    r.others as others,
    r.other_hits as other_hits,
    r.other_cohorts as other_cohorts,
    r.rate as rate,
    r.usual_rate as usual_rate,
    greatest(coalesce(safe_ratio(d.chi_square, r.other_cohorts - 1), 1e0), 1e0) as dispersion
  from rated r
  left join dispersed d on d.segment is not distinct from r.segment and d.starts_on = r.starts_on
)
select
  j.segment as segment,
  j.starts_on as starts_on,
  j.age as age,
  j.people as people,
  j.hits as hits,
  j.others as others,
  j.other_hits as other_hits,
  j.other_cohorts as other_cohorts,
  j.rate as rate,
  j.usual_rate as usual_rate,
  j.dispersion as dispersion,
  safe_ratio(
    j.rate - j.usual_rate,
    sqrt(j.dispersion * j.usual_rate * (1e0 - j.usual_rate) * (coalesce(safe_ratio(1, j.people), 0e0) + coalesce(safe_ratio(1, j.others), 0e0)))
  ) as z
from judged j
