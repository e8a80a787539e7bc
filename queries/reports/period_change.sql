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
-- uses: periods = cohort_sides, asked_journey_days, cohort_counts, entry_dispersion, revenue_late_segments, period_gaps, left_out_stores
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
-- column factor_before double: the rate, share, money per order, or (volume) people per week or period, before
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
with lengths as (
  select
    max(case when p.side = 'after' then p.days end) as days_after,
    max(case when p.side = 'before' then p.days end) as days_before,
    max(p.unit_days) as unit_days,
    max(p.age_days) as age_days
  from periods p
),
counts as (
  select
    c.segment as segment,
    sum(case when c.period_no = 0 then c.entered else 0 end)::bigint as entered_after,
    sum(case when c.period_no = 1 then c.entered else 0 end)::bigint as entered_before,
    sum(case when c.period_no = 0 then c.reached else 0 end)::bigint as reached_after,
    sum(case when c.period_no = 1 then c.reached else 0 end)::bigint as reached_before,
    sum(case when c.period_no = 0 then c.amount else 0::decimal(18,2) end)::double as amount_after,
    sum(case when c.period_no = 1 then c.amount else 0::decimal(18,2) end)::double as amount_before,
    max(case when c.period_no = 0 then c.squares else 0e0 end) as squares_after,
    max(case when c.period_no = 1 then c.squares else 0e0 end) as squares_before
  from cohort_counts c
  group by c.segment
),
alls as (
  select
    sum(c.entered_after)::bigint as entered_after,
    sum(c.entered_before)::bigint as entered_before,
    case when $figure::varchar = 'money' then sum(c.amount_after) else sum(c.reached_after) end::double as yield_after,
    case when $figure::varchar = 'money' then sum(c.amount_before) else sum(c.reached_before) end::double as yield_before
  from counts c
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
),
scales as (
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
),
rates as (
  select
    c.segment as segment,
    c.entered_after as entered_after,
    c.entered_before as entered_before,
    c.reached_after as reached_after,
    c.reached_before as reached_before,
    c.amount_after as amount_after,
    c.amount_before as amount_before,
    s.scale as scale,
    s.mean as mean,
    s.all_after as all_after,
    s.all_before as all_before,
    coalesce(safe_ratio(c.entered_after, s.all_after), safe_ratio(c.entered_before, s.all_before)) as share_after,
    coalesce(safe_ratio(c.entered_before, s.all_before), safe_ratio(c.entered_after, s.all_after)) as share_before,
    coalesce(safe_ratio(c.reached_after, c.entered_after), safe_ratio(c.reached_before, c.entered_before)) as rate_after,
    coalesce(safe_ratio(c.reached_before, c.entered_before), safe_ratio(c.reached_after, c.entered_after)) as rate_before,
    case when $figure::varchar = 'money' then coalesce(safe_ratio(c.amount_after, c.reached_after), safe_ratio(c.amount_before, c.reached_before), 0e0) else 1e0 end as ticket_after,
    case when $figure::varchar = 'money' then coalesce(safe_ratio(c.amount_before, c.reached_before), safe_ratio(c.amount_after, c.reached_after), 0e0) else 1e0 end as ticket_before,
    safe_ratio(greatest(c.squares_after - coalesce(safe_ratio(c.amount_after * c.amount_after, c.reached_after), 0e0), 0e0), c.reached_after - 1) as variance_after,
    safe_ratio(greatest(c.squares_before - coalesce(safe_ratio(c.amount_before * c.amount_before, c.reached_before), 0e0), 0e0), c.reached_before - 1) as variance_before,
    (coalesce(case when $from_step::bigint = 2 then l.late_for_2 when $from_step::bigint = 3 then l.late_for_3 end, 0) = 1)::boolean as is_late
  from counts c
  cross join scales s
  left join revenue_late_segments l on l.segment is not distinct from c.segment
),
means as (
  select
    r.*,
    r.scale * (0.5e0 * (r.rate_after * r.ticket_after + r.rate_before * r.ticket_before) - r.mean) as per_share,
    r.scale * 0.5e0 * (r.share_after + r.share_before) * 0.5e0 * (r.ticket_after + r.ticket_before) as per_rate,
    r.scale * 0.5e0 * (r.share_after + r.share_before) * 0.5e0 * (r.rate_after + r.rate_before) as per_ticket,
    safe_ratio(r.variance_after, r.reached_after) as error_after,
    safe_ratio(r.variance_before, r.reached_before) as error_before
  from rates r
),
effects as (
  select
    1::bigint as effect_no,
    'volume' as effect,
    null::varchar as segment,
    null::bigint as hits_before,
    null::bigint as base_before,
    null::bigint as hits_after,
    null::bigint as base_after,
    s.all_before * s.weight_before as factor_before,
    s.all_after * s.weight_after as factor_after,
    s.mean * (s.all_after * s.weight_after - s.all_before * s.weight_before) as amount,
    null::double as amount_low,
    null::double as amount_high,
    s.mean * sqrt(s.dispersion * (s.all_after * s.weight_after * s.weight_after + s.all_before * s.weight_before * s.weight_before)) as spread,
    case when s.dispersion > 1e0 and s.week_pairs > 0 then whole(safe_ratio(2 * s.week_pairs * s.week_pairs, 3 * s.week_pairs - 1) + 0.5e0) end as df,
    case
      when s.holiday_moved then 'holiday'
      when s.all_after < $least::bigint or s.all_before < $least::bigint then 'too_few'
    end as verdict
  from scales s
  where $figure::varchar <> 'rate' and s.mean is not null
  union all
  select
    2::bigint as effect_no,
    'mix' as effect,
    m.segment as segment,
    m.entered_before as hits_before,
    m.all_before as base_before,
    m.entered_after as hits_after,
    m.all_after as base_after,
    m.share_before as factor_before,
    m.share_after as factor_after,
    m.per_share * (m.share_after - m.share_before) as amount,
    case when m.per_share < 0e0
      then m.per_share * newcombe_high(m.entered_after, m.all_after, m.entered_before, m.all_before)
      else m.per_share * newcombe_low(m.entered_after, m.all_after, m.entered_before, m.all_before)
    end as amount_low,
    case when m.per_share < 0e0
      then m.per_share * newcombe_low(m.entered_after, m.all_after, m.entered_before, m.all_before)
      else m.per_share * newcombe_high(m.entered_after, m.all_after, m.entered_before, m.all_before)
    end as amount_high,
    null::double as spread,
    null::bigint as df,
    case
      when m.all_after < $least::bigint or m.all_before < $least::bigint or m.entered_after + m.entered_before < $least::bigint then 'too_few'
    end as verdict
  from means m
  where not m.is_late
  union all
  select
    3::bigint as effect_no,
    'rate' as effect,
    m.segment as segment,
    m.reached_before as hits_before,
    m.entered_before as base_before,
    m.reached_after as hits_after,
    m.entered_after as base_after,
    safe_ratio(m.reached_before, m.entered_before) as factor_before,
    safe_ratio(m.reached_after, m.entered_after) as factor_after,
    m.per_rate * (m.rate_after - m.rate_before) as amount,
    m.per_rate * newcombe_low(m.reached_after, m.entered_after, m.reached_before, m.entered_before) as amount_low,
    m.per_rate * newcombe_high(m.reached_after, m.entered_after, m.reached_before, m.entered_before) as amount_high,
    null::double as spread,
    null::bigint as df,
    case when m.entered_after < $least::bigint or m.entered_before < $least::bigint then 'too_few' end as verdict
  from means m
  where not m.is_late
  union all
  select
    4::bigint as effect_no,
    'ticket' as effect,
    m.segment as segment,
    null::bigint as hits_before,
    null::bigint as base_before,
    null::bigint as hits_after,
    null::bigint as base_after,
    safe_ratio(m.amount_before, m.reached_before) as factor_before,
    safe_ratio(m.amount_after, m.reached_after) as factor_after,
    m.per_ticket * (m.ticket_after - m.ticket_before) as amount,
    null::double as amount_low,
    null::double as amount_high,
    m.per_ticket * sqrt(m.error_after + m.error_before) as spread,
    greatest(whole(safe_ratio(
      (m.error_after + m.error_before) * (m.error_after + m.error_before),
      safe_ratio(m.error_after * m.error_after, m.reached_after - 1) + safe_ratio(m.error_before * m.error_before, m.reached_before - 1)
    )), 1) as df,
    case when m.reached_after < $least::bigint or m.reached_before < $least::bigint then 'too_few' end as verdict
  from means m
  where $figure::varchar = 'money' and not m.is_late
  union all
  select
    5::bigint as effect_no,
    'together' as effect,
    m.segment as segment,
    m.reached_before as hits_before,
    m.entered_before as base_before,
    m.reached_after as hits_after,
    m.entered_after as base_after,
    null::double as factor_before,
    null::double as factor_after,
    m.per_share * (m.share_after - m.share_before) + m.per_rate * (m.rate_after - m.rate_before) + m.per_ticket * (m.ticket_after - m.ticket_before) as amount,
    null::double as amount_low,
    null::double as amount_high,
    null::double as spread,
    null::bigint as df,
    'known_after' as verdict
  from means m
  where m.is_late
),
floored as (
  select
    e.*,
    floor(100 * e.amount) as hundredths,
    whole((100 * e.amount - floor(100 * e.amount)) * 1000000 + 0.5e0) as remainder,
    count(*) over () as effects,
    coalesce(s.hundredths_after - s.hundredths_before, 0e0) as change,
    whole(coalesce(s.hundredths_after - s.hundredths_before, 0e0) - sum(floor(100 * e.amount)) over ()) as left_over
  from effects e
  cross join scales s
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
cross join scales s
cross join faults t
cross join turns u
cross join absent a
order by p.effect = 'volume' desc, p.segment_no, p.effect_no
