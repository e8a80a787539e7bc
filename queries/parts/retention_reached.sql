-- How far the members of a cohort came: their last period (on_or_after), their first one (on_or_before), or every period of
-- an unbroken row from the first on (streak).
-- grain: segment, started, period_no
-- uses: retention_cells, $mode, $periods
with streaks as (
  select
    c.*,
    row_number() over (partition by c.client_no, c.started order by c.period_no)::bigint as place
  from retention_cells c
  where c.period_no > 0 and $mode::varchar = 'streak'
),
furthest as (
  select
    c.segment as segment,
    c.client_no as client_no,
    c.started as started,
    case when $mode::varchar = 'on_or_after' then max(c.period_no) else min(c.period_no) end as period_no
  from retention_cells c
  where c.period_no > 0 and $mode::varchar in ('on_or_after', 'on_or_before')
  group by c.segment, c.client_no, c.started
),
reached as (
  select s.segment as segment, s.started as started, s.period_no as period_no from streaks s where s.place = s.period_no
  union all
  select
    f.segment as segment,
    f.started as started,
    case when $mode::varchar = 'on_or_after' then least(f.period_no, $periods::bigint) else f.period_no end as period_no
  from furthest f
)
select r.segment as segment, r.started as started, r.period_no as period_no, count(*)::bigint as people
from reached r
group by r.segment, r.started, r.period_no
