-- The effects of which a figure's change is made, not rounded, each with its interval or spread.
-- grain: effect, segment
-- uses: $figure, $least, cohort_scales, means = cohort_factors
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
from cohort_scales s
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
  safe_ratio(m.entered_before, m.all_before) as factor_before,
  safe_ratio(m.entered_after, m.all_after) as factor_after,
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
