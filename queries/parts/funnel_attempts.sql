-- Attempts that no exclusion made void: how far each came, and until when it can go on.
-- An attempt is void when an excluded event comes after the step it is excluded from and before the step it is excluded up
-- to, or while that one can still come. deadline_us is the last instant at which the next step can come, where steps may
-- come in any order the one with most time of those not yet taken, and in order, without a tolerance, the one by which any
-- other way to where the attempt stands could still go on; null where it can always come or there is no next step. Whoever was given up since the day of its last step can go on no more. Of totals an event takes a step of one attempt only, the latest begun: the others stay
-- where they were before.
-- built: table
-- grain: attempt
-- uses: asked_steps, funnel_entries, funnel_walk, excluded_events = funnel_events, failed_conditions, later_events = funnel_events, funnel_losses, $exclusions, $window, $window_unit, $tolerance, $order, $as_of, $count
with
-- with count of totals
overtaken as (
  select t.attempt as attempt, min(t.level) as level
  from (
    select
      w.attempt as attempt,
      w.level as level,
      row_number() over (partition by w.level, w.event_no order by e.started_us desc, e.attempt desc) as place
    from funnel_walk w
    join funnel_entries e on e.attempt = w.attempt
  ) t
  where t.place > 1 and $count::varchar = 'totals'
  group by t.attempt
),
-- end
reached as (
  select
    w.attempt as attempt,
    max(w.level) as level,
    max(w.latest_us) as ended_us
    -- with order of unordered, anchored
    , argMax(w.taken, w.level) as taken
    -- end
  from funnel_walk w
  -- with count of totals
  left join overtaken o on o.attempt = w.attempt
  where o.level is null or w.level < o.level
  -- end
  group by w.attempt
),
ends as (
  select
    e.attempt as attempt,
    e.unit as unit,
    e.unit_no as unit_no,
    e.attempts as attempts,
    e.entry_level as entry_level,
    coalesce(r.level, e.entry_level) as level,
    e.started_us as started_us,
    coalesce(r.ended_us, e.started_us) as ended_us,
    e.event_no as event_no,
    e.said as said,
    e.told_journey as told_journey
    -- with order of unordered, anchored
    , coalesce(r.taken, '|' || e.step_no::varchar || '|') as taken
    -- end
  from funnel_entries e
  left join reached r on r.attempt = e.attempt
),
levels as (
  select
    s.level as level,
    (s.level = max(s.level) over ())::boolean as is_last,
    lead(maybe(s.block_no)) over (order by s.level) as next_block_no,
    lead(maybe(s.within_us)) over (order by s.level) as next_within_us
  from asked_steps s
  where not s.is_optional
),
-- with order of unordered, anchored
choices as (
  select e.attempt as attempt, case when count(*) = count(s.within_us) then max(s.within_us) end as within_us
  from ends e
  join levels l on l.level = e.level
  join asked_steps s on s.block_no = l.next_block_no
  where not s.is_optional and position('|' || s.step_no::varchar || '|' in e.taken) = 0
  group by e.attempt
),
-- end
-- with steps of within
chances as (
  select c.attempt as attempt, case when count(*) = count(c.deadline_us) then max(c.deadline_us) end as deadline_us
  from (
    select e.attempt as attempt, e.started_us + l.next_within_us as deadline_us
    from ends e
    join levels l on l.level = e.entry_level
    union all
    select e.attempt as attempt, w.last_us + l.next_within_us as deadline_us
    from ends e
    join funnel_walk w on w.attempt = e.attempt and w.level <= e.level
    join levels l on l.level = w.level
  ) c
  group by c.attempt
),
-- end
timed as (
  select
    e.*,
    l.is_last as is_converted,
    case when not l.is_last then least(
      e.started_us + $window::bigint * (case $window_unit::varchar when 'second' then 1 when 'minute' then 60 when 'hour' then 3600 when 'day' then 86400 else 604800 end)::bigint * 1000000,
      case
        -- with order of unordered, anchored
        when $order::varchar in ('unordered', 'anchored') then e.ended_us + c.within_us
        -- end
        -- with steps of within
        when $order::varchar = 'ordered' and $tolerance::bigint = 0 then k.deadline_us
        -- end
        when l.next_within_us is not null then e.ended_us + l.next_within_us
      end
    ) end as deadline_us
  from ends e
  left join levels l on l.level = e.level
  -- with order of unordered, anchored
  left join choices c on c.attempt = e.attempt
  -- end
  -- with steps of within
  left join chances k on k.attempt = e.attempt
  -- end
)
-- with exclusions
, asked_exclusions as (
  select
    attribute(x.step, 'no')::bigint as part_no,
    attribute(x.step, 'kind') as kind,
    attribute(x.step, 'from')::bigint as from_step,
    attribute(x.step, 'to')::bigint as to_step
  from (select unnest(json_items($exclusions::varchar)) as step) x
),
exclusions as (
  select x.part_no as part_no, x.kind as kind, f.level as from_level, t.level + (t.is_optional)::int as to_level
  from asked_exclusions x
  join asked_steps f on f.step_no = x.from_step
  join asked_steps t on t.step_no = x.to_step
),
excluding as (
  select e.unit as unit, e.at_us as at_us, x.from_level as from_level, x.to_level as to_level
  from excluded_events e
  cross join exclusions x
  anti join failed_conditions f on f.part = 'exclusion' and f.event_no = e.event_no and f.part_no = x.part_no
  where
    (is_in(json_names($exclusions::varchar, 'kind'), e.kind) or is_in(json_names($exclusions::varchar, 'kind'), '*'))
    and (x.kind = e.kind or x.kind = '*')
),
stands as (
  select e.attempt as attempt, e.entry_level as level, e.started_us as at_us
  from funnel_entries e
  union all
  select w.attempt as attempt, w.level as level, w.at_us as at_us
  from funnel_walk w
),
met as materialized (
  select
    e.attempt as attempt,
    e.deadline_us as deadline_us,
    x.at_us as at_us,
    x.from_level as from_level,
    x.to_level as to_level
  from timed e
  join excluding x on x.unit = e.unit
),
void as (
  select distinct m.attempt as attempt
  from met m
  join stands f on f.attempt = m.attempt and f.level = m.from_level
  left join stands t on t.attempt = m.attempt and t.level = m.to_level
  where m.at_us > f.at_us and m.at_us < coalesce(t.at_us, m.deadline_us + 1, m.at_us + 1)
)
-- end
-- with order of strict
, latest as (
  select e.unit as unit, max(e.at_us) as at_us
  from later_events e
  group by e.unit
)
-- end
select
  e.attempt as attempt,
  e.unit as unit,
  e.unit_no as unit_no,
  e.attempts as attempts,
  e.entry_level as entry_level,
  e.level as level,
  e.started_us as started_us,
  e.ended_us as ended_us,
  e.event_no as event_no,
  e.said as said,
  e.told_journey as told_journey,
  e.is_converted as is_converted,
  e.deadline_us as deadline_us,
  case when not e.is_converted then g.lost_us end as lost_us,
  (
    not e.is_converted
    and g.unit is null
    and (e.deadline_us is null or e.deadline_us >= microseconds_of(add_days($as_of::date, 1)::timestamp))
    -- with order of strict
    and ($order::varchar <> 'strict' or l.at_us <= e.ended_us)
    -- end
    -- with count of totals
    and o.attempt is null
    -- end
  )::boolean as is_open
from timed e
left join funnel_losses g on g.unit = e.unit and whole(floor(g.lost_us / 86400e6)) >= whole(floor(e.ended_us / 86400e6))
-- with count of totals
left join overtaken o on o.attempt = e.attempt
-- end
-- with order of strict
join latest l on l.unit = e.unit
-- end
-- with exclusions
anti join void v on v.attempt = e.attempt
-- end
