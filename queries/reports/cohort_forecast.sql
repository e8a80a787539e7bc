-- What each cohort has come to so far, what it is expected to come to in the end, and whether it is ahead for its age.
-- A cohort is all journeys begun in a week (from Monday) or month. In the end means by the horizon: the largest age of at most 365
-- days that at least 30 journeys of the 540 days before as_of have been seen to. Each open member still reaches the step
-- with the probability that those journeys of its age have shown, losses being an end that competes. The prediction interval allows for chance,
-- for the curve being an estimate, and for forecasts of the past year having erred by more than that. Against its own age a cohort
-- is held to all earlier ones of these 540 days at the same age, which may differ among themselves: ahead or behind is a discovery at a
-- rate of 5 % false ones over all cohorts shown (Benjamini & Hochberg). Where fewer than 10 were to be expected, or fewer than 13
-- weeks or 6 months came before, it is too early to say.
-- grain: segment, starts_on
-- audience: owner, manager stores, marketer
-- crowd: begun
-- uses: exits = forecast_exits, forecasts, own_ages
-- finish: ownAge
-- param from date default first_day: a day of the first cohort
-- param to date default as_of: a day of the last cohort
-- param as_of date default as_of: nothing later than this day is known
-- param grain varchar (week | month) default week: length of a cohort
-- param step varchar (active | bought | bought_again | brought_friend) default bought: which step
-- param horizon bigint (7 .. 365) default 365: age in days at which the end is taken to have come; less where fewer than 30 were seen that long
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- rows people: journey_rows from=starts_on to=ends_on view='cohort' step='2' beside=step_no
-- rows so_far: journey_rows from=starts_on to=ends_on view='cohort' step=step_no
-- formula so_far_rate: so_far / people
-- formula expected_rate: expected / people
-- formula usual_rate: usual_hits / usual_people
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column starts_on date not null: first day of the week or month
-- column ends_on date not null: last day of it
-- column step_no bigint not null: 3 to 6
-- column people bigint not null: journeys of the cohort, of stores that record the step
-- column so_far bigint not null: have reached the step
-- column lost bigint not null: have not and were given up
-- column open bigint not null: neither, or of stores that have been silent since
-- column so_far_rate double: so_far / people
-- column so_far_low double: lower end of Wilson's 95 % interval
-- column so_far_high double: upper end of it
-- column expected double: journeys expected to have reached the step in the end; null where no age has 30 at risk
-- column expected_rate double: expected / people
-- column low_80_rate double: lower end of the 80 % prediction interval of it
-- column high_80_rate double: upper end of it
-- column low_95_rate double: lower end of the 95 % prediction interval of it
-- column high_95_rate double: upper end of it
-- column dispersion double: by which past errors widened the variance
-- column past_forecasts bigint not null: forecasts that could be judged
-- column horizon_days bigint: age at which the end is taken to have come
-- column mature_days bigint: age at which nine tenths of it have come
-- column immature boolean not null: the youngest member is younger than that
-- column complete boolean not null: the week or month had ended on as_of
-- column gap_stores bigint not null: stores that paused within it although they usually record leads or the step
-- column age_days bigint: age of the youngest member, at which the cohort is compared; null before a day has passed
-- column own_hits bigint: had reached the step within that age
-- column own_people bigint: of so many
-- column own_rate double: own_hits / own_people
-- column usual_hits bigint: of earlier cohorts, who had reached it within that age
-- column usual_people bigint: of so many
-- column usual_rate double: usual_hits / usual_people
-- column usual_cohorts bigint: how many cohorts these are
-- column z double: difference of the two rates in standard errors
-- column df bigint: degrees of freedom of Student's t; null for the normal distribution
-- column p double: p value of the difference
-- column verdict varchar not null: ahead, behind, within_noise, too_few, too_early, gap
with mature as (
  select c.segment as segment, min(c.age)::bigint as mature_days, max(c.horizon_days)::bigint as horizon_days
  from forecast_curves c
  join (
    select e.segment as segment, max(e.incidence) as incidence
    from forecast_curves e
    where e.day_no = 0
    group by e.segment
  ) e on e.segment is not distinct from c.segment
  where c.day_no = 0 and c.incidence >= 0.9e0 * e.incidence and e.incidence > 0
  group by c.segment
),
stores as (
  select distinct j.segment as segment, j.store_key as store_key
  from asked_journey_days j
),
paused as (
  select s.segment as segment, f.starts_on as starts_on, count(distinct s.store_key)::bigint as stores
  from forecast_steps f
  join stores s on s.segment is not distinct from f.segment
  join gaps g on coalesce(g.store, '') = s.store_key
  where
    f.is_final
    and g.step_no in (2, case $step::varchar when 'active' then 3 else 4 end)
    and g.from_on <= add_days(f.starts_on, case $grain::varchar when 'month' then 30 else 6 end)
    and g.to_on >= f.starts_on
  group by s.segment, f.starts_on
),
lengths as (
  select m.segment as segment, m.starts_on as starts_on, min(m.ends_on) as ends_on
  from forecast_members m
  group by m.segment, m.starts_on
),
cohorts as (
  select
    s.segment as segment,
    s.starts_on as starts_on,
    s.horizon_days as horizon_days,
    s.people as people,
    s.reached as reached,
    s.lost as lost,
    s.open as open,
    l.ends_on as ends_on,
    f.expected as expected,
    f.low_80 as low_80,
    f.high_80 as high_80,
    f.low_95 as low_95,
    f.high_95 as high_95,
    f.dispersion as dispersion,
    coalesce(f.past_forecasts, 0)::bigint as past_forecasts,
    m.mature_days as mature_days,
    coalesce(p.stores, 0)::bigint as gap_stores,
    o.age as age,
    o.people as own_people,
    o.hits as own_hits,
    o.rate as own_rate,
    o.other_hits as usual_hits,
    o.others as usual_people,
    o.usual_rate as usual_rate,
    o.other_cohorts as usual_cohorts,
    o.z as z,
    case when o.dispersion > 1e0 then o.other_cohorts - 1 end as df
  from forecast_steps s
  join lengths l on l.segment is not distinct from s.segment and l.starts_on = s.starts_on
  left join forecasts f on f.segment is not distinct from s.segment and f.starts_on = s.starts_on
  left join mature m on m.segment is not distinct from s.segment
  left join paused p on p.segment is not distinct from s.segment and p.starts_on = s.starts_on
  left join own_ages o on o.segment is not distinct from s.segment and o.starts_on = s.starts_on
  where s.is_final
)
select
  c.segment::varchar as segment,
  c.starts_on::date as starts_on,
  c.ends_on::date as ends_on,
  (case $step::varchar when 'active' then 3 when 'bought' then 4 when 'bought_again' then 5 else 6 end)::bigint as step_no,
  c.people::bigint as people,
  c.reached::bigint as so_far,
  c.lost::bigint as lost,
  c.open::bigint as open,
  safe_ratio(c.reached, c.people)::double as so_far_rate,
  wilson_low(c.reached, c.people)::double as so_far_low,
  wilson_high(c.reached, c.people)::double as so_far_high,
  c.expected::double as expected,
  safe_ratio(c.expected, c.people)::double as expected_rate,
  safe_ratio(c.low_80, c.people)::double as low_80_rate,
  safe_ratio(c.high_80, c.people)::double as high_80_rate,
  safe_ratio(c.low_95, c.people)::double as low_95_rate,
  safe_ratio(c.high_95, c.people)::double as high_95_rate,
  c.dispersion::double as dispersion,
  c.past_forecasts::bigint as past_forecasts,
  c.horizon_days::bigint as horizon_days,
  c.mature_days::bigint as mature_days,
  (days_between(c.ends_on, $as_of::date) < coalesce(c.mature_days, $horizon::bigint))::boolean as immature,
  (c.ends_on <= $as_of::date)::boolean as complete,
  c.gap_stores::bigint as gap_stores,
  c.age::bigint as age_days,
  c.own_hits::bigint as own_hits,
  c.own_people::bigint as own_people,
  c.own_rate::double as own_rate,
  c.usual_hits::bigint as usual_hits,
  c.usual_people::bigint as usual_people,
  c.usual_rate::double as usual_rate,
  c.usual_cohorts::bigint as usual_cohorts,
  c.z::double as z,
  c.df::bigint as df,
  null::double as p,
  (case
    when days_between(c.ends_on, $as_of::date) < 1 then 'too_early'
    when c.gap_stores > 0 then 'gap'
    when
      c.z is null
      or c.usual_cohorts < case $grain::varchar when 'month' then 6 else 13 end
      or c.own_people * least(c.usual_rate, 1e0 - c.usual_rate) < 10e0
      then 'too_few'
    else ''
  end)::varchar as verdict
from cohorts c
order by c.segment nulls last, c.starts_on
