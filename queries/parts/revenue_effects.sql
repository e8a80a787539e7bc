-- The effect of every factor and term on revenue, per segment, to the cent; see the header of revenue_change.
-- grain: term, segment
-- uses: periods, revenue_terms, revenue_totals, revenue_figures, revenue_late_segments, asked_campaign_days, $by
with reached as (
  select
    c.segment as segment,
    sum(case when p.side = 'before' then c.aware else 0 end) as aware_before,
    sum(case when p.side = 'after' then c.aware else 0 end) as aware_after
  from asked_campaign_days c
  cross join periods p
  where c.day between p.starts_on and p.ends_on
  group by c.segment
),
segments as (
  select
    f.segment as segment,
    max((f.has_visits)::int) = 1 as has_visits,
    coalesce(sum(case when f.figure = 'leads' then f.before_sum end), 0) as leads_before,
    coalesce(sum(case when f.figure = 'leads' then f.after_amount end), 0) as leads_after,
    coalesce(sum(case when f.figure = 'visits' then f.before_sum end), 0) as visits_before,
    coalesce(sum(case when f.figure = 'visits' then f.after_amount end), 0) as visits_after,
    coalesce(sum(case when f.figure = 'orders' then f.before_sum end), 0) as orders_before,
    coalesce(sum(case when f.figure = 'orders' then f.after_amount end), 0) as orders_after,
    coalesce(sum(case when f.figure = 'first_order' then f.before_amount end), 0) as amount_before,
    coalesce(sum(case when f.figure = 'first_order' then f.after_amount end), 0) as amount_after
  from revenue_figures f
  where not f.left_out
  group by f.segment
),
compared as (
  select
    s.segment as segment,
    s.has_visits as has_visits,
    s.leads_before as leads_before,
    s.leads_after as leads_after,
    s.visits_before as visits_before,
    s.visits_after as visits_after,
    s.orders_before as orders_before,
    s.orders_after as orders_after,
    s.amount_before as amount_before,
    s.amount_after as amount_after,
    coalesce(l.late_for_2, 0) as late_for_2,
    coalesce(l.late_for_3, 0) as late_for_3,
    w.leads_before as all_leads_before,
    w.leads_after as all_leads_after,
    sum(r.aware_before) over () as all_aware_before,
    sum(r.aware_after) over () as all_aware_after,
    min((not w.is_partial and coalesce(r.aware_before, 0) > 0 and coalesce(r.aware_after, 0) > 0)::int) over () = 1 as has_reach,
    (s.amount_before < 0 or s.amount_after < 0
      or (s.amount_before <> 0 and (s.leads_before = 0 or (s.has_visits and s.visits_before = 0)))
      or (s.amount_after <> 0 and (s.leads_after = 0 or (s.has_visits and s.visits_after = 0))))::boolean as is_carried
  from segments s
  cross join revenue_totals w
  left join reached r on r.segment is not distinct from s.segment
  left join revenue_late_segments l on l.segment is not distinct from s.segment
  where s.leads_before > 0 or s.leads_after > 0 or s.amount_before <> 0 or s.amount_after <> 0
),
factors as (
  select
    c.segment as segment,
    t.term as term,
    t.term_no as term_no,
    c.amount_before as amount_before,
    c.amount_after as amount_after,
    case t.term
      when 'reach' then safe_ratio(c.all_aware_before, $compare_periods::bigint)
      when 'leads_per_aware' then safe_ratio(c.all_leads_before, c.all_aware_before)
      when 'volume' then safe_ratio(c.all_leads_before, $compare_periods::bigint)
      when 'mix' then safe_ratio(c.leads_before, c.all_leads_before)
      when 'visit_rate' then safe_ratio(c.visits_before, c.leads_before)
      when 'closing_rate' then safe_ratio(c.orders_before, c.visits_before)
      when 'booking_rate' then safe_ratio(c.orders_before, c.leads_before)
      when 'ticket' then safe_ratio(c.amount_before, safe_ratio(c.orders_before, $compare_periods::bigint))
    end as factor_before,
    case t.term
      when 'reach' then c.all_aware_after::double
      when 'leads_per_aware' then safe_ratio(c.all_leads_after, c.all_aware_after)
      when 'volume' then c.all_leads_after::double
      when 'mix' then safe_ratio(c.leads_after, c.all_leads_after)
      when 'visit_rate' then safe_ratio(c.visits_after, c.leads_after)
      when 'closing_rate' then safe_ratio(c.orders_after, c.visits_after)
      when 'booking_rate' then safe_ratio(c.orders_after, c.leads_after)
      when 'ticket' then safe_ratio(c.amount_after, c.orders_after)
    end as factor_after,
    case t.term
      when 'leads_per_aware' then c.all_leads_before
      when 'mix' then c.leads_before
      when 'visit_rate' then c.visits_before
      when 'closing_rate' then c.orders_before
      when 'booking_rate' then c.orders_before
    end as hits_before,
    case t.term
      when 'leads_per_aware' then c.all_aware_before
      when 'mix' then c.all_leads_before
      when 'visit_rate' then c.leads_before
      when 'closing_rate' then c.visits_before
      when 'booking_rate' then c.leads_before
    end as base_before,
    case t.term
      when 'leads_per_aware' then c.all_leads_after
      when 'mix' then c.leads_after
      when 'visit_rate' then c.visits_after
      when 'closing_rate' then c.orders_after
      when 'booking_rate' then c.orders_after
    end as hits_after,
    case t.term
      when 'leads_per_aware' then c.all_aware_after
      when 'mix' then c.all_leads_after
      when 'visit_rate' then c.leads_after
      when 'closing_rate' then c.visits_after
      when 'booking_rate' then c.leads_after
    end as base_after,
    case when t.term in ('reach', 'leads_per_aware', 'volume', 'mix')
      then safe_ratio(c.leads_before, $compare_periods::bigint)
    end as leads_before,
    case when t.term in ('reach', 'leads_per_aware', 'volume', 'mix') then c.leads_after::double end as leads_after,
    case when t.term in ('visit_rate', 'booking_rate') then c.late_for_2 when t.term = 'closing_rate' then c.late_for_3 else 0 end as is_late
  from compared c
  cross join revenue_terms t
  where
    (c.amount_before <> 0 or c.amount_after <> 0)
    and case
      when c.is_carried then t.term = 'carried_over'
      when t.term in ('reach', 'leads_per_aware') then c.has_reach
      when t.term = 'volume' then not c.has_reach
      when t.term = 'mix' then $by::varchar is not null
      when t.term in ('visit_rate', 'closing_rate') then c.has_visits
      when t.term = 'booking_rate' then not c.has_visits
      else t.term = 'ticket'
    end
),
zeros as (
  select
    f.*,
    (f.amount_before > 0 and f.amount_after > 0)::boolean as has_mean,
    coalesce(f.term_no = min(
      case when (f.amount_before = 0 and f.factor_before = 0e0) or (f.amount_after = 0 and f.factor_after = 0e0) then f.term_no end
    ) over (partition by f.segment), false)::boolean as is_first_zero
  from factors f
),
parts as (
  select
    z.*,
    case
      when z.term = 'carried_over' then 100 * (z.amount_after - z.amount_before)::double
      when z.has_mean then 100 * log_mean(z.amount_after, z.amount_before) * (ln(z.factor_after) - ln(z.factor_before))
      when z.is_first_zero then 100 * (z.amount_after - z.amount_before)::double
      else 0e0
    end as cents
  from zeros z
),
floored as (
  select
    p.*,
    floor(p.cents) as whole_cents,
    whole((p.cents - floor(p.cents)) * 1000000 + 0.5e0) as remainder,
    whole(100 * (p.amount_after - p.amount_before)::double - sum(floor(p.cents)) over (partition by p.segment) + 0.5e0) as cents_left,
    -- an increase above 0, else a decrease; of a difference of 0 the last factor that moved decides
    coalesce(
      nullif((p.amount_after - p.amount_before)::double, 0e0),
      sum(sign(whole(p.cents * 1000000)) * power(2e0, p.term_no)) over (partition by p.segment)
    ) as direction
  from parts p
)
select
  f.term as term,
  f.segment as segment,
  f.factor_before as factor_before,
  f.factor_after as factor_after,
  f.hits_before as hits_before,
  f.base_before as base_before,
  f.hits_after as hits_after,
  f.base_after as base_after,
  case when f.is_late = 1 then 'known_after' end as factor_note,
  f.leads_before as leads_before,
  f.leads_after as leads_after,
  case when f.term = 'carried_over' then f.amount_before end::decimal(18,2) as amount_before,
  case when f.term = 'carried_over' then f.amount_after end::decimal(18,2) as amount_after,
  case when f.term <> 'carried_over' then f.amount_before end::decimal(18,2) as value_before,
  case when f.term <> 'carried_over' then f.amount_after end::decimal(18,2) as value_after,
  case
    when f.term = 'carried_over' or f.is_late = 1 then null
    when f.has_mean then 'log_mean'
    when f.is_first_zero then 'difference'
    else 'none'
  end as effect_from,
  money(safe_ratio(f.whole_cents + (row_number() over (
    partition by f.segment
    order by f.remainder desc, case when f.direction > 0 then f.term end, case when f.direction <= 0 then f.term end desc
  ) <= f.cents_left)::int, 100)) as effect
from floored f
union all
select
  case when f.left_out then 'left_out' else f.figure end as term,
  case when f.left_out then nullif(f.store_key, '') else f.segment end as segment,
  null::double as factor_before,
  null::double as factor_after,
  null::bigint as hits_before,
  null::bigint as base_before,
  null::bigint as hits_after,
  null::bigint as base_after,
  null::varchar as factor_note,
  null::double as leads_before,
  null::double as leads_after,
  sum(f.before_amount)::decimal(18,2) as amount_before,
  sum(f.after_amount)::decimal(18,2) as amount_after,
  null::decimal(18,2) as value_before,
  null::decimal(18,2) as value_after,
  null::varchar as effect_from,
  (sum(f.after_amount) - sum(f.before_amount))::decimal(18,2) as effect
from revenue_figures f
where f.is_money and (f.left_out or f.figure <> 'first_order')
group by
  case when f.left_out then 'left_out' else f.figure end,
  case when f.left_out then nullif(f.store_key, '') else f.segment end
