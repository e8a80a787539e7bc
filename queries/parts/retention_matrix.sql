-- The matrix: of each cohort how many came back in each period since, as the mode counts.
-- grain: segment, started, period_no
-- uses: retention_axis, retention_starts, retention_cells, retention_reached, $mode, $by
with cohorts as (
  select s.segment as segment, s.started as started, count(*)::bigint as people
  from retention_starts s
  group by s.segment, s.started
),
segments as (
  select c.segment as segment from cohorts c group by c.segment
  union
  select 'all' as segment where $by::varchar is null
),
told as (
  select
    case
      when $by::varchar is null then 'all'
      -- with by
      else c.segment
      -- end
    end as segment,
    c.started as started,
    c.period_no as period_no,
    count(*)::bigint as people,
    sum(c.acts)::bigint as acts,
    sum(c.amount)::decimal(18,2) as amount
  from retention_cells c
  group by
    c.started,
    c.period_no
    -- with by
    , c.segment
    -- end
),
filled as (
  select
    g.segment as segment,
    x.started as started,
    x.starts_at as starts_at,
    x.starts_on as starts_on,
    x.ends_on as ends_on,
    x.period_no as period_no,
    x.unfinished as unfinished,
    coalesce(h.people, 0) as cohort_people,
    coalesce(t.people, 0) as here,
    coalesce(t.acts, 0) as acts,
    coalesce(t.amount, 0)::decimal(18,2) as amount,
    0
    -- with mode of on_or_after, on_or_before, streak
    + coalesce(r.people, 0)
    -- end
    as reached
  from retention_axis x
  cross join segments g
  left join cohorts h on h.segment is not distinct from g.segment and h.started = x.started
  left join told t on t.segment is not distinct from g.segment and t.started = x.started and t.period_no = x.period_no
  -- with mode of on_or_after, on_or_before, streak
  left join retention_reached r on r.segment is not distinct from g.segment and r.started = x.started and r.period_no = x.period_no
  -- end
)
select
  f.segment as segment,
  f.started as started,
  f.starts_at as starts_at,
  f.starts_on as starts_on,
  f.ends_on as ends_on,
  f.period_no as period_no,
  f.unfinished as unfinished,
  f.cohort_people as cohort_people,
  case
    when f.period_no = 0 then f.cohort_people
    when $mode::varchar = 'on' then f.here
    when $mode::varchar = 'streak' then f.reached
    when $mode::varchar = 'on_or_after'
      then sum(f.reached) over (partition by f.segment, f.started order by f.period_no desc rows between unbounded preceding and current row)
    else sum(f.reached) over (partition by f.segment, f.started order by f.period_no rows between unbounded preceding and current row)
  end::bigint as people,
  f.acts as acts,
  f.amount as amount
from filled f
