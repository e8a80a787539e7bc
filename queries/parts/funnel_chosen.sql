-- The attempts that count, with their segment and what became of their unit.
-- Of a unit it is the attempt that came furthest; of several the one that was there first, and of those the one that began last
-- (in an unordered funnel, first). Of totals every attempt counts, but an event takes a step of one attempt only, the latest
-- begun: the others stay where they were before. A unit that has not arrived is open while any of its attempts can go on, else
-- lost. The segment is what the event of the asked step says, else what
-- the journey of that event says.
-- grain: attempt
-- uses: funnel_attempts, asked_journeys, $count, $order, $by, $viewer_shown
with
-- with by
untold as (
  select distinct substring(a.told_journey, 2) as journey_id
  from funnel_attempts a
  where a.said = '' and a.told_journey <> ''
),
journey_segments as (
  select j.journey_id as journey_id, j.segment as segment
  from asked_journeys j
  join untold u on u.journey_id = j.journey_id
),
-- end
ranked as (
  select
    a.*,
    row_number() over (
      partition by a.unit
      order by
        a.level desc, a.entry_level, a.ended_us,
        case when $order::varchar = 'unordered' then a.started_us else -a.started_us end
        -- with by
        , a.said, a.told_journey
        -- end
    ) as place,
    max((a.is_open)::int) over (partition by a.unit) as open_attempts
  from funnel_attempts a
)
select
  r.attempt as attempt,
  r.unit as unit,
  r.entry_level as entry_level,
  r.level as level,
  r.started_us as started_us,
  r.deadline_us as deadline_us,
  -- with viewer_shown
  shown_segment($viewer_shown::varchar[],
  -- end
  case
    when $by::varchar is null then 'all'
    -- with by
    when r.said <> '' then substring(r.said, 2)
    else j.segment
    -- end
  end
  -- with viewer_shown
  )
  -- end
  as segment,
  case
    when r.is_converted then 'converted'
    when case when $count::varchar = 'totals' then (r.is_open)::int else r.open_attempts end = 1 then 'open'
    else 'lost'
  end as became
from ranked r
-- with by
left join journey_segments j on j.journey_id = case when r.said = '' then substring(r.told_journey, 2) end
-- end
where r.place = 1 or $count::varchar = 'totals'
