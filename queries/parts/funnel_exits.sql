-- How many days after its beginning each attempt of a funnel took the last required step, or was last seen.
-- Whoever has not arrived is followed for as long as it could: up to its window's end, as_of, or the day it was given up.
-- grain: segment, age, reached, lost
-- uses: funnel_chosen, funnel_taken, asked_steps, $as_of
with lasts as (
  select max(s.step_no) as step_no
  from asked_steps s
  where not s.is_optional
),
arrivals as (
  select t.attempt as attempt, t.at_us as at_us
  from funnel_taken t
  join lasts l on l.step_no = t.step_no
),
ends as (
  select
    c.segment as segment,
    c.started_us as started_us,
    a.at_us as reached_us,
    case when c.became = 'lost' then c.lost_us end as lost_us,
    least(microseconds_of($as_of::date::timestamp), coalesce(c.deadline_us, microseconds_of($as_of::date::timestamp))) as seen_us
  from funnel_chosen c
  left join arrivals a on a.attempt = c.attempt
),
days as (
  select
    e.segment as segment,
    (e.reached_us is not null)::int as reached,
    coalesce((e.reached_us is null and whole(floor(e.lost_us / 86400e6)) <= whole(floor(e.seen_us / 86400e6)))::int, 0) as lost,
    greatest(whole(floor(coalesce(e.reached_us, least(e.lost_us, e.seen_us)) / 86400e6)) - whole(floor(e.started_us / 86400e6)), 0) as age
  from ends e
)
select
  0::bigint as series_no,
  d.segment as segment,
  d.age::bigint as age,
  d.reached as reached,
  d.lost as lost,
  count(*)::bigint as people
from days d
group by 1, 2, 3, 4, 5
