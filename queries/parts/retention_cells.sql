-- Who came back when: the periods since their start in which members of a cohort did enough of what counts as coming back.
-- built: table
-- grain: client_no, started, period_no
-- uses: retention_starts, retention_acts, retention_ages, $intervals, $brackets, $period, $at_least, $entry, $by
with returned as (
  select
    -- with by
    s.segment as segment,
    -- end
    s.client_no as client_no,
    s.started as started,
    a.amount as amount,
    case
      when $brackets::varchar is null and $intervals::varchar = 'calendar' then a.period_at - s.started
      -- with brackets
      when $brackets::varchar is not null then case when a.act_no = s.start_no then 0 else g.period_no end
      -- end
      -- with intervals of rolling
      when $intervals::varchar = 'rolling' then whole(floor((a.at_us - s.started_us) / (interval_hours($period::varchar) * 3600000000e0)))
      -- end
    end as period_no
  from retention_starts s
  join retention_acts a on a.client_no = s.client_no
  -- with brackets
  left join retention_ages g on g.age_days = case
    when $intervals::varchar = 'rolling' then whole(floor((a.at_us - s.started_us) / 86400000000e0))
    else days_between(s.started_on, a.happened_on)
  end
  -- end
  where
    a.returns
    -- with brackets
    and ($brackets::varchar is null or a.at_us >= s.started_us)
    -- end
)
select
  r.client_no as client_no,
  min(r.started) as started,
  case
    when $by::varchar is null then 'all'
    -- with by
    else any_value(r.segment)
    -- end
  end as segment,
  r.period_no as period_no,
  count(*)::bigint as acts,
  sum(r.amount)::decimal(18,2) as amount
from returned r
where r.period_no >= 0
group by
  r.client_no,
  r.period_no
  -- with entry of recurring
  , r.started
  -- end
having r.period_no = 0 or count(*) >= $at_least::bigint
