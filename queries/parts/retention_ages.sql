-- In which bracket each age lies, in days.
-- grain: age_days
-- uses: retention_brackets
select g.generate_series::bigint as age_days, b.period_no as period_no
from generate_series(0, 36600) g
cross join retention_brackets b
where g.generate_series between b.from_day and b.to_day
