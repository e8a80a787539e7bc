-- The days on which forecasts are made: as_of (0), and every fourth week of the year before it, to judge them by what came.
-- grain: day_no
-- uses: $as_of
select g.generate_series::bigint as day_no, add_days($as_of::date, -28 * g.generate_series::bigint) as made_on
from generate_series(0, 13) g
