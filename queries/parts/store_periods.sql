-- What each store recorded in each period: which steps have a source, and which lists lack days.
-- grain: store_key, period_no
-- uses: periods, period_gaps
with touched as (
  select
    coalesce(s.store, '') as store_key,
    p.period_no as period_no,
    s.step_no as step_no,
    (s.from_on <= p.source_to and s.to_on >= p.source_from)::int as has_source,
    0 as has_gap
  from source_spans s
  cross join periods p
  union all
  select g.store_key as store_key, g.period_no as period_no, g.step_no as step_no, 0 as has_source, 1 as has_gap
  from period_gaps g
)
select
  t.store_key as store_key,
  t.period_no as period_no,
  max(case when t.step_no = 2 then t.has_source end) = 1 as has_2,
  max(case when t.step_no = 3 then t.has_source end) = 1 as has_3,
  max(case when t.step_no = 4 then t.has_source end) = 1 as has_4,
  max(case when t.step_no = 5 then t.has_source end) = 1 as has_5,
  max(case when t.step_no = 6 then t.has_source end) = 1 as has_6,
  max(case when t.step_no = 2 then t.has_gap end)::bigint as gap_2,
  max(case when t.step_no = 3 then t.has_gap end)::bigint as gap_3,
  max(case when t.step_no = 4 then t.has_gap end)::bigint as gap_4
from touched t
group by t.store_key, t.period_no
