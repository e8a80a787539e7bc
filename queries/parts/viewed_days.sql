-- From when on attempts begin that a funnel counts: what happens in a period may have begun at any time before.
-- grain: one row
-- uses: $from, $view
select case when $view::varchar = 'cohort' then $from::date else date '1900-01-01' end as from_day
