-- The attempts that count, with their segment and what became of their unit.
-- Of a unit it is the attempt that came furthest; of several the one that was there first, of those the one that began last
-- (in an unordered funnel, first), and of those the one whose entry has the lowest number. Of totals every attempt counts. A
-- unit that has not arrived is open while any of its attempts can go on, else lost. The segment is what the event of the asked
-- step says, else what the journey of that event says.
-- grain: attempt
-- uses: funnel_entries, funnel_walk, funnel_matches, funnel_attempts, asked_journeys, $count, $order, $by, $attribution, $attribution_step, $viewer_shown
with ranked as (
  select
    a.*,
    row_number() over (
      partition by a.unit_no
      order by
        a.level desc, a.entry_level, a.ended_us,
        case when $order::varchar = 'unordered' then a.started_us else -a.started_us end,
        a.attempt
    )::bigint as place,
    max((a.is_open)::int) over (partition by a.unit_no) as open_attempts
  from funnel_attempts a
  where a.attempts > 1
  union all
  select a.*, 1::bigint as place, (a.is_open)::int as open_attempts
  from funnel_attempts a
  where a.attempts = 1
),
best as (
  select
    r.*,
    case $attribution::varchar when 'first' then r.entry_level when 'last' then r.level else $attribution_step::bigint end as told_level
  from ranked r
  where r.place = 1 or $count::varchar = 'totals'
),
-- with attribution of last, step
later as (
  select b.attempt as attempt, min(m.said) as said, min(m.told_journey) as told_journey
  from best b
  join funnel_walk w on w.attempt = b.attempt and w.level = b.told_level and w.level <= b.level
  join funnel_matches m on m.event_no = w.event_no
  group by b.attempt
),
-- end
told as (
  select
    b.attempt as attempt,
    b.unit as unit,
    b.entry_level as entry_level,
    b.level as level,
    b.started_us as started_us,
    b.deadline_us as deadline_us,
    b.lost_us as lost_us,
    b.event_no as event_no,
    b.is_converted as is_converted,
    case when $count::varchar = 'totals' then (b.is_open)::int else b.open_attempts end as open_attempts,
    case
      when b.told_level = b.entry_level then b.said
      -- with attribution of last, step
      else l.said
      -- end
    end as said,
    case
      when b.told_level = b.entry_level then b.told_journey
      -- with attribution of last, step
      else l.told_journey
      -- end
    end as told_journey
  from best b
  -- with attribution of last, step
  left join later l on l.attempt = b.attempt
  -- end
),
untold as (
  select e.told_journey as journey_id
  from funnel_entries e
  where e.said is null and e.told_journey is not null
  -- with attribution of last, step
  union all
  select m.told_journey as journey_id
  from funnel_matches m
  where m.said is null and m.told_journey is not null
  -- end
)
-- with by
, journey_segments as (
  select j.journey_id as journey_id, j.segment as segment
  from asked_journeys j
  semi join untold u on u.journey_id = j.journey_id
)
-- end
select
  t.attempt as attempt,
  t.unit as unit,
  t.entry_level as entry_level,
  t.level as level,
  t.started_us as started_us,
  t.deadline_us as deadline_us,
  t.lost_us as lost_us,
  t.event_no as event_no,
  -- with viewer_shown
  shown_segment($viewer_shown::varchar[],
  -- end
  case
    when $by::varchar is null then 'all'
    -- with by
    when t.said is not null then t.said
    else j.segment
    -- end
  end
  -- with viewer_shown
  )
  -- end
  as segment,
  case when t.is_converted then 'converted' when t.open_attempts = 1 then 'open' else 'lost' end as became
from told t
-- with by
left join journey_segments j on j.journey_id = case when t.said is null then t.told_journey end
-- end
