-- The days on which forecasts were made that can be judged: every week back from as_of, as long as cohorts of the asked
-- period were no older than asked, and two years more, so that these forecasts could be judged in their turn.
-- grain: day_no
-- uses: $as_of, $from
select g.generate_series::bigint as day_no, add_days($as_of::date, -7 * g.generate_series::bigint) as made_on
from generate_series(0, 520) g
where add_days($as_of::date, -7 * g.generate_series::bigint) >= add_days($from::date, -364)
