-- The first and the last day of all periods.
-- grain: one row
-- uses: periods
select min(p.starts_on) as first_on, max(p.ends_on) as last_on from periods p
