-- The cells that have begun by as_of: every period of entry with every period since, and whether somebody of the cohort can
-- still come back in it. On or after: in any cell of a row until its last one is over.
-- grain: started, period_no
-- uses: retention_periods, retention_brackets, $from, $to, $as_of, $period, $periods, $intervals, $brackets, $week_start, $mode
with columns as (
  select g.generate_series::bigint as period_no
  from generate_series(0, 1000) g
  where g.generate_series <= $periods::bigint
),
cells as (
  select
    p.period_at as period_at,
    p.starts_at as starts_at,
    p.starts_on as starts_on,
    p.ends_on as ends_on,
    c.period_no as period_no,
    case
      when c.period_no = 0 then p.starts_on
      when $brackets::varchar is not null then add_days(p.starts_on, b.from_day)
      when $intervals::varchar = 'rolling' then add_days(p.starts_on, whole(floor(c.period_no * interval_hours($period::varchar) / 24e0)))
      else q.starts_on
    end as begins_on,
    case
      when c.period_no = 0 then p.ends_on
      when $brackets::varchar is not null then add_days(p.ends_on, b.to_day + case when $intervals::varchar = 'rolling' then 1 else 0 end)
      when $intervals::varchar = 'rolling' then add_days(p.ends_on, whole(ceil((c.period_no + 1) * interval_hours($period::varchar) / 24e0)))
      else q.ends_on
    end as finished_on,
    case when c.period_no = 0 or $brackets::varchar is null or b.period_no is not null then 1 else 0 end as is_told
  from retention_periods p
  cross join columns c
  left join retention_periods q on q.period_at = p.period_at + c.period_no
  left join retention_brackets b on b.period_no = c.period_no
  where
    p.period_at <= calendar_no($period::varchar, $week_start::varchar, least($to::date, $as_of::date)) + case when $period::varchar = 'hour' then 23 else 0 end
),
rows_of_cells as (
  select
    c.*,
    max(case when c.is_told = 1 then coalesce(c.finished_on, add_days($as_of::date, 1)) end) over (partition by c.period_at) as row_finished_on
  from cells c
)
select
  c.period_at as started,
  c.starts_at as starts_at,
  c.starts_on as starts_on,
  c.ends_on as ends_on,
  c.period_no as period_no,
  (case when $mode::varchar = 'on_or_after' and c.period_no > 0 then c.row_finished_on else c.finished_on end > $as_of::date)::boolean as unfinished
from rows_of_cells c
where c.begins_on <= $as_of::date
