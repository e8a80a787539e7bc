-- Every attempt, level by level: at most one row per attempt and level.
-- From the event that took a level, the next level is taken by the first event that can: one of the same unit that took no
-- other step of the attempt, that does not come earlier than the tolerance allows, in the window of the attempt and of the
-- step; in a strict funnel with no event of the unit in between. Times are microseconds.
-- grain: attempt, level
-- uses: asked_steps, funnel_matches, funnel_entries, other_events = funnel_events, $window, $window_unit, $tolerance, $order, $hold, $by, $attribution, $attribution_step, $count
with recursive asked as (
  select
    $window::bigint * (case $window_unit::varchar when 'second' then 1 when 'minute' then 60 when 'hour' then 3600 when 'day' then 86400 else 604800 end)::bigint * 1000000 as window_us,
    $tolerance::bigint * 1000000 as tolerance_us
),
-- with order of strict
instants as (
  select distinct e.unit as unit, e.at_us as at_us
  from other_events e
),
followed as (
  select i.unit as unit, i.at_us as at_us, lead(maybe(i.at_us)) over (partition by i.unit order by i.at_us) as next_us
  from instants i
),
-- end
levels as (
  select s.level as level, s.block_no as block_no
  from asked_steps s
  where not s.is_optional
),
later_matches as (
  select
    m.unit as unit,
    m.block_no as block_no,
    m.step_no as step_no,
    m.at_us as at_us,
    m.within_us as within_us,
    m.mark as mark
    -- with hold
    , m.held as held
    -- end
    -- with by
    , m.said as said,
    m.told_journey as told_journey
    -- end
    -- with count of money
    , m.amount as amount
    -- end
  from funnel_matches m
  where not m.is_optional and (m.block_no > 1 or $order::varchar in ('unordered', 'anchored'))
),
walk as (
  select
    e.unit as unit,
    row_number() over ()::bigint as attempt,
    e.first_level::bigint as entry_level,
    e.first_level::bigint as level,
    e.at_us::bigint as started_us,
    e.at_us::bigint as latest_us,
    e.at_us::bigint as at_us,
    0::bigint as waited_us,
    e.mark as mark,
    '' as used
    -- with hold
    , e.held as held
    -- end
    -- with by
    , case when $attribution::varchar <> 'step' or e.first_level = $attribution_step::bigint then e.said else '' end as said,
    case when $attribution::varchar <> 'step' or e.first_level = $attribution_step::bigint then e.told_journey else '' end as told_journey
    -- end
    -- with count of money
    , e.amount as amount
    -- end
    -- with count of totals
    , e.mark as entry_mark
    -- end
    -- with order of unordered, anchored
    , '|' || e.step_no::varchar || '|' as taken
    -- end
  from funnel_entries e
  union all
  select
    n.unit as unit,
    n.attempt as attempt,
    n.entry_level as entry_level,
    n.level as level,
    n.started_us as started_us,
    greatest(n.latest_us, n.at_us) as latest_us,
    n.at_us as at_us,
    greatest(n.at_us - n.latest_us, 0) as waited_us,
    n.mark as mark,
    case when n.at_us > n.latest_us + n.tolerance_us then '' else n.used || '|' || substring(n.last_mark, 23) || '|' end as used
    -- with hold
    , n.held as held
    -- end
    -- with by
    , n.said as said,
    n.told_journey as told_journey
    -- end
    -- with count of money
    , n.amount as amount
    -- end
    -- with count of totals
    , n.entry_mark as entry_mark
    -- end
    -- with order of unordered, anchored
    , n.taken as taken
    -- end
  from (
    select
      w.attempt as attempt,
      min(w.unit) as unit,
      min(w.entry_level) as entry_level,
      min(w.level) + 1 as level,
      min(w.started_us) as started_us,
      min(w.latest_us) as latest_us,
      min(w.mark) as last_mark,
      min(w.used) as used,
      min(m.at_us) as at_us,
      min(m.mark) as mark,
      min(a.tolerance_us) as tolerance_us
      -- with hold
      , min(w.held) as held
      -- end
      -- with by
      , case when $attribution::varchar = 'last' then argMin(m.said, m.mark) when $attribution::varchar = 'step' and min(w.level) + 1 = $attribution_step::bigint then argMin(m.said, m.mark) else min(w.said) end as said,
      case when $attribution::varchar = 'last' then argMin(m.told_journey, m.mark) when $attribution::varchar = 'step' and min(w.level) + 1 = $attribution_step::bigint then argMin(m.told_journey, m.mark) else min(w.told_journey) end as told_journey
      -- end
      -- with count of money
      , argMin(m.amount, m.mark) as amount
      -- end
      -- with count of totals
      , min(w.entry_mark) as entry_mark
      -- end
      -- with order of unordered, anchored
      , min(w.taken) || argMin(m.step_no, m.mark)::varchar || '|' as taken
      -- end
    from walk w
    join levels l on l.level = w.level + 1
    join later_matches m on m.unit = w.unit and m.block_no = l.block_no
    cross join asked a
    -- with order of strict
    left join followed f on f.unit = w.unit and f.at_us = w.latest_us
    -- end
    where
      m.at_us >= w.latest_us - a.tolerance_us
      and m.at_us <= w.started_us + a.window_us
      and (m.within_us is null or m.at_us <= w.latest_us + m.within_us)
      and (
        m.at_us > w.latest_us
        or (substring(m.mark, 23) <> substring(w.mark, 23) and position('|' || substring(m.mark, 23) || '|' in w.used) = 0)
      )
      -- with order of unordered, anchored
      and position('|' || m.step_no::varchar || '|' in w.taken) = 0
      -- end
      -- with hold
      and ($hold::varchar is null or m.held = w.held)
      -- end
      -- with order of strict
      and ($order::varchar <> 'strict' or m.at_us <= coalesce(f.next_us, m.at_us))
      -- end
    group by w.attempt
  ) n
)
select
  w.*
  -- with count of totals
  , ($count::varchar = 'totals' and row_number() over (partition by w.level, w.mark order by w.entry_mark desc) > 1)::boolean as is_taken_over
  -- end
from walk w
