-- Who belongs to which cohort: a client and the calendar period in which they entered.
-- built: table
-- grain: client_no, started
-- uses: retention_acts, retention_clients, $entry, $from, $to, $as_of, $period, $week_start, $by, $where, $brackets, $intervals
select
  a.client_no as client_no,
  case
    when $by::varchar is null then 'all'
    -- with by
    else any_value(k.segment)
    -- end
  end as segment,
  min(a.period_at) as started
  -- with brackets
  , min(a.happened_on) as started_on
  , argMin(a.act_no, a.at_us) as start_no
  -- end
  -- with brackets; intervals beyond calendar
  , min(a.at_us) as started_us
  -- end
from retention_acts a
-- with by or where
join retention_clients k on k.client_no = a.client_no
-- end
where
  a.begins
  and (
    $entry::varchar = 'first_time'
    or a.period_at between calendar_no($period::varchar, $week_start::varchar, $from::date)
      and calendar_no($period::varchar, $week_start::varchar, least($to::date, $as_of::date)) + case when $period::varchar = 'hour' then 23 else 0 end
  )
group by
  a.client_no
  -- with entry of recurring
  , case when $entry::varchar = 'recurring' then a.period_at end
  -- end
having
  min(a.period_at) between calendar_no($period::varchar, $week_start::varchar, $from::date)
    and calendar_no($period::varchar, $week_start::varchar, least($to::date, $as_of::date)) + case when $period::varchar = 'hour' then 23 else 0 end
