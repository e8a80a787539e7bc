-- What each store recorded in each period: which steps have a source, and at which it paused.
-- grain: store_key, period_no
-- uses: periods
with spans as (
  select coalesce(s.store, '') as store_key, s.step_no as step_no, s.from_on as from_on, s.to_on as to_on, 0 as pauses
  from source_spans s
  union all
  select coalesce(g.store, '') as store_key, g.step_no as step_no, g.from_on as from_on, g.to_on as to_on, 1 as pauses
  from gaps g
),
touched as (
  select
    s.store_key as store_key,
    p.period_no as period_no,
    s.step_no as step_no,
    (s.pauses = 0 and s.from_on <= p.source_to and s.to_on >= p.source_from)::int as has_source,
    (s.pauses = 1 and s.from_on <= p.ends_on and s.to_on >= p.starts_on)::int as has_gap
  from spans s
  cross join periods p
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
