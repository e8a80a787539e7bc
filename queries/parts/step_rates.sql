-- The seven steps of each segment in each period, each with the rate that leads to it: the one place of this arithmetic.
-- A rate uses the stores that have both steps. The nearest earlier step that any store has together with the step is the
-- denominator; Q5 and Q6 are both rates of Q4. I2 sets the leads of running campaigns against Q1.
-- grain: segment, period_no, step_no
-- uses: $view, store_points, contact_points, late_values
with points as (
  select
    s.segment as segment,
    s.period_no as period_no,
    s.store_key as store_key,
    s.arrivals as arrivals,
    null::bigint as people_0,
    null::bigint as people_1,
    null::bigint as campaign_leads,
    s.people_2 as people_2,
    s.people_3 as people_3,
    s.people_4 as people_4,
    s.people_5 as people_5,
    s.people_6 as people_6,
    s.skipped_2 as skipped_2,
    s.skipped_3 as skipped_3,
    s.cancelled_4 as cancelled_4,
    s.gap_2 as gap_2,
    s.gap_3 as gap_3,
    s.gap_4 as gap_4
  from store_points s
  union all
  select
    c.segment as segment,
    c.period_no as period_no,
    null::varchar as store_key,
    coalesce(c.people_0, 0) + coalesce(c.people_1, 0) as arrivals,
    c.people_0 as people_0,
    c.people_1 as people_1,
    c.campaign_leads as campaign_leads,
    null::bigint as people_2,
    null::bigint as people_3,
    null::bigint as people_4,
    null::bigint as people_5,
    null::bigint as people_6,
    null::bigint as skipped_2,
    null::bigint as skipped_3,
    null::bigint as cancelled_4,
    null::bigint as gap_2,
    null::bigint as gap_3,
    null::bigint as gap_4
  from contact_points c
),
pairs as (
  select p.step_no::bigint as step_no, p.from_no::bigint as from_no, (p.step_no <= 4 or p.from_no = 4)::boolean as leads_on
  from (values (0, 0), (1, 0), (2, 1), (3, 2), (4, 3), (4, 2), (5, 4), (5, 2), (6, 4), (6, 2)) p(step_no, from_no)
),
paired as (
  select
    t.segment as segment,
    t.period_no as period_no,
    t.store_key as store_key,
    t.arrivals as arrivals,
    p.step_no as step_no,
    p.from_no as from_no,
    p.leads_on as leads_on,
    case p.step_no
      when 0 then t.people_0
      when 1 then t.people_1
      when 2 then t.people_2
      when 3 then t.people_3
      when 4 then t.people_4
      when 5 then t.people_5
      when 6 then t.people_6
    end as people,
    case p.step_no
      when 1 then t.people_1
      when 2 then t.campaign_leads
      when 3 then t.people_3
      when 4 then t.people_4
      when 5 then t.people_5
      when 6 then t.people_6
    end as hits,
    case p.from_no when 0 then t.people_0 when 1 then t.people_1 when 2 then t.people_2 when 3 then t.people_3 when 4 then t.people_4 end as base,
    case p.step_no when 2 then t.skipped_2 when 3 then t.skipped_3 end as skipped,
    case p.step_no when 4 then t.cancelled_4 end as cancelled,
    case p.step_no when 2 then t.gap_2 when 3 then t.gap_3 when 4 then t.gap_4 when 5 then t.gap_4 when 6 then t.gap_4 end as gap,
    case p.from_no when 2 then t.gap_2 when 3 then t.gap_3 when 4 then t.gap_4 end as gap_before
  from points t
  cross join pairs p
),
sums as (
  select
    q.segment as segment,
    q.period_no as period_no,
    q.step_no as step_no,
    q.from_no as from_no,
    q.leads_on as leads_on,
    sum(q.arrivals)::bigint as arrivals,
    sum(q.people)::bigint as people,
    sum(case when q.base is not null then q.hits end)::bigint as hits,
    sum(case when q.hits is not null then q.base end)::bigint as base,
    sum(case when q.people is not null then q.skipped end)::bigint as skipped,
    sum(case when q.people is not null then q.cancelled end)::bigint as cancelled,
    count(case when q.store_key is not null then q.people end)::bigint as source_stores,
    count(q.store_key)::bigint as all_stores,
    coalesce(sum(q.gap), 0)::bigint as gap_stores,
    coalesce(sum(q.gap_before), 0)::bigint as gap_stores_before
  from paired q
  group by q.segment, q.period_no, q.step_no, q.from_no, q.leads_on
),
steps as (
  select
    s.segment as segment,
    s.period_no as period_no,
    s.step_no as step_no,
    max(s.arrivals)::bigint as arrivals,
    max(s.people)::bigint as people,
    max(case when s.leads_on and s.base is not null then s.from_no end) as rate_from,
    argMax(case when s.leads_on then s.hits end, s.from_no) as rate_hits,
    argMax(case when s.leads_on then s.base end, s.from_no) as rate_base,
    max(case when s.step_no > 2 and s.from_no = 2 then s.hits end) as overall_hits,
    max(case when s.step_no > 2 and s.from_no = 2 then s.base end) as overall_base,
    max(s.skipped)::bigint as skipped,
    max(s.cancelled)::bigint as cancelled,
    max(s.source_stores)::bigint as source_stores,
    max(s.all_stores)::bigint as all_stores,
    max(s.gap_stores)::bigint as gap_stores,
    coalesce(argMax(case when s.leads_on and s.base is not null then s.gap_stores_before end, s.from_no), 0)::bigint as gap_stores_before
  from sums s
  group by s.segment, s.period_no, s.step_no
),
noted as (
  select
    s.*,
    -- with by or where
    coalesce(l.late_for_2 = 1, false) as late_for_attracted,
    -- end
    case
      when s.step_no = 0 then null
      when s.people is null or s.rate_hits is null or s.rate_base is null then 'no_source'
      -- with by or where
      when s.rate_from = 2 and l.late_for_2 = 1 then 'known_after'
      when s.rate_from = 3 and l.late_for_3 = 1 then 'known_after'
      -- end
      when s.rate_base = 0 then 'zero_base'
      when s.step_no <= 2 or $view::varchar = 'period' then 'not_nested'
    end as rate_note
  from steps s
  -- with by or where
  left join late_values l on l.segment is not distinct from s.segment and l.period_no = s.period_no
  -- end
)
select
  n.segment as segment,
  n.period_no as period_no,
  n.step_no as step_no,
  n.arrivals as arrivals,
  n.people as people,
  case when coalesce(n.rate_note, 'not_nested') = 'not_nested' and n.step_no > 0 then safe_ratio(n.rate_hits, n.rate_base) end as rate,
  n.rate_from as rate_from,
  n.rate_hits as rate_hits,
  n.rate_base as rate_base,
  case when n.rate_note is null and n.step_no > 2 then wilson_low(n.rate_hits, n.rate_base) end as rate_low,
  case when n.rate_note is null and n.step_no > 2 then wilson_high(n.rate_hits, n.rate_base) end as rate_high,
  n.rate_note as rate_note,
  case
    -- with by or where
    when n.late_for_attracted then null
    -- end
    when n.step_no > 2 then safe_ratio(n.overall_hits, n.overall_base)
  end as overall_rate,
  n.skipped as skipped,
  n.cancelled as cancelled,
  n.source_stores as source_stores,
  n.all_stores as all_stores,
  n.gap_stores as gap_stores,
  n.gap_stores_before as gap_stores_before
from noted n
