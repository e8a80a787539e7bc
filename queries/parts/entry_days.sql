-- From when on attempts begin that a funnel counts.
-- grain: one row
-- uses: $from
select $from::date as from_day
