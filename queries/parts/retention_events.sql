-- Events of any kind that begin a cohort or count as coming back, with the client whom they are known by.
-- An upsell counts when it was sold, unless conditions say which upsells do, or any event does.
-- built: table
-- grain: event_no
-- uses: retention_failed, $cohort, $return, $cohort_where, $return_where, $conditions, $as_of
with asked as (
  select
    e.*,
    ($cohort::varchar in ('*', e.kind) or $cohort::varchar = 'any' and e.kind in ('order', 'upsell', 'visit', 'referral'))::boolean as is_start,
    coalesce($return::varchar in ('*', e.kind) or $return::varchar = 'any' and e.kind in ('order', 'upsell', 'visit', 'referral'), false)::boolean as is_return,
    (e.kind <> 'upsell' or e.outcome is not distinct from 'sold')::boolean as is_done
  from events e
  where day_of(e.happened_at) <= $as_of::date
)
select
  e.event_no as event_no,
  coalesce(k.client_id, e.person_id) as client_id,
  day_of(e.happened_at) as happened_on,
  microseconds_of(e.happened_at) as at_us,
  (
    e.is_start and (e.is_done or $cohort::varchar = '*' or $cohort_where::varchar is not null)
    -- with cohort_where
    and c.event_no is null
    -- end
  )::boolean as begins,
  (
    e.is_return and (e.is_done or $return::varchar = '*' or $return_where::varchar is not null)
    -- with return_where
    and r.event_no is null
    -- end
  )::boolean as returns,
  e.amount as amount
from asked e
left join client_links k on k.person_id = e.person_id
-- with cohort_where
left join retention_failed c on c.event_no = e.event_no and c.part = 'cohort'
-- end
-- with return_where
left join retention_failed r on r.event_no = e.event_no and r.part = 'return'
-- end
-- with conditions
anti join retention_failed v on v.event_no = e.event_no and v.part = 'every'
-- end
where e.is_start or e.is_return
