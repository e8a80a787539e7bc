-- The attempts that count, with their segment and what became of their unit.
-- Of a unit it is the attempt that came furthest; of several the one that was there first, and of those the one that began last
-- (in an unordered funnel, first). Of totals every attempt counts, but an event takes a step of one attempt only, the latest
-- begun: the others stay where they were before. A unit that has not arrived is open while any of its attempts can go on, else
-- lost. The segment is what the steps say of it, else what their journey says.
-- grain: attempt
-- uses: funnel_attempts, asked_journeys, $count, $order, $by
with ranked as (
  select
    a.attempt as attempt,
    a.is_open as is_open,
    case when $count::varchar = 'totals' then a.attempt else a.unit end as counted,
    lpad((99 - a.level)::varchar, 2, '0') || lpad(a.entry_level::varchar, 2, '0')
      || lpad((a.ended_us + 100000000000000000)::varchar, 18, '0')
      || lpad((case when $order::varchar = 'unordered' then a.started_us else -a.started_us end + 100000000000000000)::varchar, 18, '0')
      || a.attempt as place
  from funnel_attempts a
),
best as (
  select
    substring(min(r.place), 41) as attempt,
    (max((r.is_open)::int) = 1)::boolean as is_open
  from ranked r
  group by r.counted
)
-- with by
, untold as (
  select distinct substring(a.told_journey, 2) as journey_id
  from funnel_attempts a
  where a.said is null and a.told_journey is not null
),
journey_segments as (
  select j.journey_id as journey_id, j.segment as segment
  from asked_journeys j
  join untold u on u.journey_id = j.journey_id
)
-- end
select
  a.attempt as attempt,
  a.unit as unit,
  a.entry_level as entry_level,
  a.level as level,
  a.started_us as started_us,
  a.deadline_us as deadline_us,
  case
    when $by::varchar is null then 'all'
    -- with by
    else coalesce(substring(a.said, 2), j.segment)
    -- end
  end as segment,
  case when a.is_converted then 'converted' when b.is_open then 'open' else 'lost' end as became
from best b
join funnel_attempts a on a.attempt = b.attempt
-- with by
left join journey_segments j on j.journey_id = case when a.said is null then substring(a.told_journey, 2) end
-- end
