-- What people worked on of the asked figure, each unit once, as far as its outcome is known; of the ticket (money of an
-- order signed) every order.
-- grain: staff_id, unit_id
-- uses: staff_acts, $figure, $as_of
select
  a.staff_id as staff_id,
  a.unit_id as unit_id,
  max(a.journey_id) as journey_id,
  max(a.is_hit::int)::bigint as hits,
  coalesce(sum(a.amount), 0)::decimal(18,2) as amount
from staff_acts a
where
  a.figure = case when $figure::varchar = 'ticket' then 'cancellations' else $figure::varchar end
  and ($figure::varchar = 'ticket' or days_between(a.happened_on, $as_of::date) >= a.window_days)
group by a.staff_id, a.unit_id
