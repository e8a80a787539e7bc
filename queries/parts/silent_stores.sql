-- Stores whose list of visits or orders has a gap at the end: up to which day something is known of their journeys.
-- built: view
-- grain: store_key
-- uses: $as_of
select
  coalesce(g.store, '') as store_key,
  least(min(case when g.step_no = 3 then add_days(g.from_on, -1) end), $as_of::date) as visits_until,
  least(min(case when g.step_no = 4 then add_days(g.from_on, -1) end), $as_of::date) as orders_until
from gaps g
cross join (
  select least(max(s.to_on), $as_of::date) as last_on
  from source_spans s
  where s.step_no in (2, 3, 4)
) l
where g.from_on <= $as_of::date and g.to_on >= l.last_on
group by coalesce(g.store, '')
