-- The asked period and those that it is compared with.
-- grain: period_no
-- uses: compared_periods
select p.*
from compared_periods p
where p.period_no = 0 or p.is_reference
