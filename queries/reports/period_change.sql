-- Why a figure of the funnel differs between any two periods: who came (mix), and how they went on (rate), value by value of an attribute.
-- Compared are the journeys begun in the two periods, at the age that both have: a journey counts at a step only if it was
-- there within age_days of its beginning, so that a young cohort does not look bad for being young. With s = a segment's
-- share of those who enter, r = its rate, t = money per order, N = all who enter, the rate is the sum of s·r, the people N times it,
-- the money N times the sum of s·r·t. Effects are symmetric (Kitagawa 1955, JASA 50:1168; Das Gupta 1993, Standardization and
-- Decomposition of Rates): a difference times the means of both sides of all else, a bar standing for such a mean:
-- rate = s̄ · Δr, ticket = s̄ · r̄ · Δt, mix = Δs · (ȳ − Ȳ) with y = r (money: r · t) and Y = that of all, volume = ΔN · Ȳ; of
-- people and money all others times N̄. They add up to the change without a rest: taking Ȳ off moves nothing between
-- mixes in sum, because shares always add up to 1, but makes a segment below the average cost something when it grows.
-- A segment that one side lacks is wholly mix: its rate there is taken to be that of the other side. Where more than 5 % of
-- a segment learned its value only after the first step (known after the fact), mix and rate cannot be told apart: one
-- effect, together. Effects are rounded to hundredths (of a percentage point, a person, the currency) by largest remainder, to
-- the difference of the rounded totals. Periods of different lengths: people and money are those of a week.
-- Noise: rate by Newcombe's 95 % interval of the difference, mix likewise of the difference of shares, ticket by Welch's t, volume by
-- the (compound) Poisson spread of 26 weeks; each interval takes all else as it was. p values and the Benjamini-Hochberg verdict over
-- all rows are added by `changeVerdicts`. Stores that lack rows of a list on either side are left out on both.
-- grain: effect, segment
-- audience: owner, manager stores, marketer
-- crowd: begun
-- uses: periods = cohort_sides, asked_journey_days, cohort_scales, period_effects, period_gaps, left_out_stores
-- finish: changeVerdicts
-- param figure varchar (rate | people | money) default rate: share that goes on, how many do, or the money of their first orders
-- param from_step bigint (2 .. 4) default 2: step that enters: 2 attracted, 3 active, 4 bought
-- param step bigint (3 .. 6) default 4: step that is reached; of money always 4
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param compare_from date: first business day of what it is compared with, inclusive
-- param compare_to date: last business day of what it is compared with, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param least bigint (1 .. 100000) default 20: of fewer nothing is said
-- param by varchar segment default channel: field whose values are the segments
-- param where varchar[] filters: entries field=value
-- rows hits_after when effect = mix: journey_rows view='cohort' step=$from_step beside=$step within=age_days
-- rows hits_before when effect = mix: journey_rows view='cohort' step=$from_step beside=$step within=age_days from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows base_after when effect = mix: journey_rows view='cohort' step=$from_step beside=$step within=age_days by=''
-- rows base_before when effect = mix: journey_rows view='cohort' step=$from_step beside=$step within=age_days by='' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows base_after when effect = rate | together: journey_rows view='cohort' step=$from_step beside=$step within=age_days
-- rows base_before when effect = rate | together: journey_rows view='cohort' step=$from_step beside=$step within=age_days from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows hits_after when effect = rate | together: journey_rows view='cohort' step=$step beside=$from_step within=age_days
-- rows hits_before when effect = rate | together: journey_rows view='cohort' step=$step beside=$from_step within=age_days from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- formula change: total_after - total_before
-- formula factor_after when effect = rate | mix: hits_after / base_after
-- formula factor_before when effect = rate | mix: hits_before / base_before
-- column effect varchar not null: volume, mix, rate, ticket, or together (mix and rate that cannot be told apart)
-- column segment varchar: value of the segment, null where the value is missing and for volume
-- column segment_no bigint: place of the segment by the size of its effects together, 1 the largest; null for volume
-- column hits_before bigint: rate: who went on; mix: who entered, of the segment; before
-- column base_before bigint: rate: who entered, of the segment; mix: of all; before
-- column hits_after bigint: the same after
-- column base_after bigint: the same after
-- column factor_before double: the rate, share, money per order, or (volume) people per week or period, before; null where it is of nobody, and of together
-- column factor_after double: the same after
-- column amount decimal(18,2) not null: the effect: percentage points, people or money; all rows add up to change
-- column amount_low double: lower end of its 95 % interval
-- column amount_high double: upper end
-- column segment_amount decimal(18,2): effects of the segment together; null for volume
-- column spread double: standard deviation of the effect (volume, ticket)
-- column df bigint: degrees of freedom of Student's t; null for the normal distribution
-- column p double: two-sided probability of at least this difference by chance
-- column verdict varchar not null: more_than_noise, within_noise, too_few, too_early, known_after, holiday or gap
-- column called_no bigint: place among the effects that are called, the largest first
-- column turned boolean not null: no segment's rate moved the whole the way it went, and some moved it the other way
-- column total_before decimal(18,2): the figure before: per cent, people or money, at the age that both have; null where nobody entered
-- column total_after decimal(18,2): the same after
-- column change decimal(18,2): total_after - total_before
-- column age_days bigint not null: days within which a step counts
-- column days_before bigint not null: days of the period before
-- column days_after bigint not null: days of the asked period, as far as the data reach
-- column unit_days bigint not null: days that people and money are given for: 7 where the periods differ in length
-- column left_out_stores bigint not null: stores that are left out because they lack rows of a list on either side
-- column left_out_store varchar: the first of them by name
with floored as (
  select
    e.*,
    floor(100 * e.amount) as hundredths,
    whole((100 * e.amount - floor(100 * e.amount)) * 1000000 + 0.5e0) as remainder,
    count(*) over () as effects,
    coalesce(s.hundredths_after - s.hundredths_before, 0e0) as change,
    whole(coalesce(s.hundredths_after - s.hundredths_before, 0e0) - sum(floor(100 * e.amount)) over ()) as left_over
  from period_effects e
  cross join cohort_scales s
),
numbered as (
  select
    f.*,
    whole(floor(safe_ratio(f.left_over, f.effects))) as each_more,
    row_number() over (
      order by
        f.remainder desc,
        case when f.change > 0e0 then f.effect_no end,
        case when f.change <= 0e0 then f.effect_no end desc,
        case when f.change > 0e0 then f.segment end,
        case when f.change <= 0e0 then f.segment end desc
    ) as place
  from floored f
),
rounded as (
  select
    n.*,
    money(safe_ratio(n.hundredths + n.each_more + (n.place <= n.left_over - n.effects * n.each_more)::int, 100)) as effect_amount
  from numbered n
),
sized as (
  select
    r.*,
    case when r.effect <> 'volume' then sum(r.effect_amount) over (partition by r.effect = 'volume', r.segment) end::decimal(18,2) as segment_amount
  from rounded r
),
turns as (
  select
    coalesce(
      (max(z.change) < 0e0 and min(case when z.effect = 'rate' then z.effect_amount end) >= 0 and max(case when z.effect = 'rate' then z.effect_amount end) > 0)
        or (max(z.change) > 0e0 and max(case when z.effect = 'rate' then z.effect_amount end) <= 0 and min(case when z.effect = 'rate' then z.effect_amount end) < 0),
      false
    ) as turned
  from sized z
  where $figure::varchar = 'rate'
),
placed as (
  select
    z.*,
    case when z.effect <> 'volume' then dense_rank() over (order by (z.effect = 'volume')::int, abs(z.segment_amount) desc, z.segment nulls last) end as segment_no
  from sized z
),
absent as (
  select count(*)::bigint as stores, min(nullif(b.store_key, '')) as store
  from (
    select distinct g.store_key as store_key
    from left_out_stores g
    semi join asked_journey_days j on j.store_key = g.store_key
    where g.scope = 'any'
  ) b
),
faults as (
  select count(*) as gaps
  from period_gaps g
  anti join left_out_stores t on t.store_key = g.store_key and t.scope = 'any'
)
select
  p.effect::varchar as effect,
  p.segment::varchar as segment,
  p.segment_no::bigint as segment_no,
  p.hits_before::bigint as hits_before,
  p.base_before::bigint as base_before,
  p.hits_after::bigint as hits_after,
  p.base_after::bigint as base_after,
  p.factor_before::double as factor_before,
  p.factor_after::double as factor_after,
  p.effect_amount::decimal(18,2) as amount,
  p.amount_low::double as amount_low,
  p.amount_high::double as amount_high,
  p.segment_amount::decimal(18,2) as segment_amount,
  p.spread::double as spread,
  p.df::bigint as df,
  null::double as p,
  coalesce(
    case
      when p.verdict in ('known_after', 'too_few') then p.verdict
      when t.gaps > 0 then 'gap'
      when s.age_days < 1 then 'too_early'
      else p.verdict
    end,
    'within_noise'
  )::varchar as verdict,
  null::bigint as called_no,
  u.turned::boolean as turned,
  money(safe_ratio(s.hundredths_before, 100))::decimal(18,2) as total_before,
  money(safe_ratio(s.hundredths_after, 100))::decimal(18,2) as total_after,
  money(safe_ratio(s.hundredths_after - s.hundredths_before, 100))::decimal(18,2) as change,
  s.age_days::bigint as age_days,
  s.days_before::bigint as days_before,
  s.days_after::bigint as days_after,
  s.unit_days::bigint as unit_days,
  a.stores::bigint as left_out_stores,
  a.store::varchar as left_out_store
from placed p
cross join cohort_scales s
cross join faults t
cross join turns u
cross join absent a
order by p.effect = 'volume' desc, p.segment_no, p.effect_no
