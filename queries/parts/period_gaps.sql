-- Which gap of which list touches which period.
-- A list that has been silent for 26 weeks at the period's end has no source any more; from then on it is not missing.
-- grain: period_no, store_key, step_no, from_on
-- uses: periods
select
  p.period_no as period_no,
  coalesce(g.store, '') as store_key,
  g.step_no as step_no,
  g.every_list as every_list,
  g.from_on as from_on,
  g.to_on as to_on
from gaps g
cross join periods p
where
  g.from_on <= p.ends_on
  and g.to_on >= p.starts_on
  and (g.to_on < p.ends_on or g.from_on > add_days(p.ends_on, -181))
