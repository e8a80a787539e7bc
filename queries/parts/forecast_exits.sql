-- On each day on which a forecast is made: at which age each journey of the 540 days before it had reached the step, had been
-- lost, or was last seen.
-- grain: series_no, segment, age, reached, lost
-- uses: forecast_members, forecast_days
with seen as (
  select
    d.day_no as day_no,
    m.segment as segment,
    days_between(m.began_on, least(d.made_on, m.known_until)) as seen_days,
    m.reached_days as reached_days,
    m.lost_days as lost_days,
    m.people as people
  from forecast_members m
  cross join forecast_days d
  where m.began_on between add_days(d.made_on, -540) and least(d.made_on, m.known_until)
),
ends as (
  select
    s.*,
    coalesce((s.reached_days <= s.seen_days)::int, 0) as reached,
    coalesce((s.lost_days <= s.seen_days)::int, 0) as given_up
  from seen s
)
select
  e.day_no as series_no,
  e.segment as segment,
  case when e.reached = 1 then e.reached_days when e.given_up = 1 then e.lost_days else e.seen_days end as age,
  e.reached as reached,
  e.given_up * (1 - e.reached) as lost,
  sum(e.people)::bigint as people
from ends e
group by 1, 2, 3, 4, 5
