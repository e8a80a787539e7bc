-- What begins a cohort and what counts as coming back, each with the number of its calendar period.
-- Acts without conditions are read from client_acts, in which a million is counted at once; any other kind of event, and
-- whatever needs the time of day, from the events.
-- built: view
-- grain: act_no
-- uses: retention_events, retention_numbers, $cohort, $return, $cohort_where, $return_where, $conditions, $period, $intervals, $brackets, $week_start, $as_of
select
  a.client_no as client_no,
  a.act_no as act_no,
  a.happened_on as happened_on,
  null::bigint as at_us,
  calendar_no($period::varchar, $week_start::varchar, a.happened_on) as period_at,
  ($cohort::varchar = 'any' or a.kind = $cohort::varchar)::boolean as begins,
  coalesce($return::varchar = 'any' or a.kind = $return::varchar, false)::boolean as returns,
  a.amount as amount
from client_acts a
where
  a.happened_on <= $as_of::date
  and ($cohort::varchar = 'any' or $return::varchar = 'any' or a.kind in ($cohort::varchar, coalesce($return::varchar, '')))
  -- with cohort or return beyond order, visit, upsell, referral, any; cohort_where or return_where or conditions or brackets; period beyond day, week, month, quarter, year; intervals beyond calendar
  and false
union all
select
  n.client_no as client_no,
  e.event_no as act_no,
  e.happened_on as happened_on,
  e.at_us as at_us,
  case
    when $period::varchar = 'hour' then whole(floor(e.at_us / 3600000000e0))
    else calendar_no($period::varchar, $week_start::varchar, e.happened_on)
  end as period_at,
  e.begins as begins,
  e.returns as returns,
  e.amount as amount
from retention_events e
join retention_numbers n on n.client_id = e.client_id
where e.begins or e.returns
  -- end
