-- Stores with a gap of leads, visits or orders on either side: they are compared with nothing.
-- A store that has been silent for 26 weeks has no source; it is not missing.
-- grain: store_key
-- uses: revenue_periods
select distinct coalesce(g.store, '') as store_key
from gaps g
cross join revenue_periods p
where g.from_on <= p.ends_on and g.to_on >= p.starts_on and (g.to_on < p.ends_on or g.from_on > add_days(p.ends_on, -181))
