-- Every attempt beyond its entry, level by level: at most one row per attempt and level.
-- From the event that took a level, the next level is taken by the first event that can: one that took no other step of the
-- attempt, that does not come earlier than the tolerance allows, in time for the step; in a strict funnel with no event of the
-- unit in between. Times are microseconds.
-- In order, and without a tolerance, a level whose next step has a limit of its own (is_followed) is tried with every instant
-- at which it could be taken: a later event may leave the next step in time. Of these ways it is the one that comes furthest,
-- and of those the one that arrives first. last_us: the last instant at which any of them took the level.
-- built: table
-- grain: attempt, level
-- uses: asked_steps, funnel_entries, funnel_reach, $steps, $window, $window_unit, $tolerance, $order, $hold, $count
with recursive levels as (
  select
    s.level as level,
    s.block_no as block_no
    -- with steps of within
    , ($order::varchar = 'ordered' and $tolerance::bigint = 0 and lead(maybe(s.within_us)) over (order by s.level) is not null)::boolean as is_followed
    -- end
  from asked_steps s
  where not s.is_optional
),
walk as (
  select
    e.attempt as attempt,
    e.unit_no as unit_no,
    e.entry_level::bigint as level,
    (e.started_us
      + $window::bigint * (case $window_unit::varchar when 'second' then 1 when 'minute' then 60 when 'hour' then 3600 when 'day' then 86400 else 604800 end)::bigint * 1000000)::bigint as until_us,
    e.started_us::bigint as latest_us,
    null::bigint as waited_us,
    e.event_no as event_no
    -- with steps of within
    , wide_no(e.started_us * 1024, e.event_no) as mark,
    1::bigint as at_once,
    '|' || e.event_no::varchar || '|' as way
    -- end
    -- with steps of shared
    , '' as used
    -- end
    -- with order of unordered, anchored
    , '|' || e.step_no::varchar || '|' as taken
    -- end
    -- with hold
    , e.held as held
    -- end
    -- with count of money
    , e.amount as amount
    -- end
  from funnel_entries e
  union all
  select
    n.attempt as attempt,
    n.unit_no as unit_no,
    n.level as level,
    n.until_us as until_us,
    greatest(n.latest_us, n.at_us) as latest_us,
    n.at_us - n.latest_us as waited_us,
    n.event_no as event_no
    -- with steps of within
    , n.mark as mark,
    n.at_once as at_once,
    n.way || n.event_no::varchar || '|' as way
    -- end
    -- with steps of shared
    , case when n.at_us > n.latest_us + $tolerance::bigint * 1000000 then '' else n.used || '|' || n.last_no::varchar || '|' end as used
    -- end
    -- with order of unordered, anchored
    , n.taken as taken
    -- end
    -- with hold
    , n.held as held
    -- end
    -- with count of money
    , n.amount as amount
    -- end
  from (
    select
      w.attempt as attempt,
      w.unit_no as unit_no,
      w.level + 1 as level,
      w.until_us as until_us,
      w.latest_us as latest_us,
      min(r.at_us) as at_us,
      argMin(r.event_no, r.mark) as event_no
      -- with steps of within
      , min(r.mark) as mark,
      min(w.mark) as last_mark,
      case when min(r.at_us) > w.latest_us then 1 else min(w.at_once) + 1 end::bigint as at_once,
      w.way as way,
      l.is_followed as is_followed
      -- end
      -- with steps of shared
      , min(w.event_no) as last_no,
      min(w.used) as used
      -- end
      -- with order of unordered, anchored
      , min(w.taken) || argMin(r.step_no, r.mark)::varchar || '|' as taken
      -- end
      -- with hold
      , min(w.held) as held
      -- end
      -- with count of money
      , argMin(r.amount, r.mark) as amount
      -- end
    from walk w
    join levels l on l.level = w.level + 1
    join funnel_reach r on r.unit_no = w.unit_no and r.block_no = l.block_no
    where
      r.at_us >= w.latest_us - $tolerance::bigint * 1000000
      and r.at_us <= w.until_us
      -- with steps of within
      and (r.within_us is null or r.at_us <= w.latest_us + r.within_us)
      -- end
      -- with steps of shared
      and (r.at_us > w.latest_us or (r.event_no <> w.event_no and position('|' || r.event_no::varchar || '|' in w.used) = 0))
      -- end
      -- with order of strict
      and ($order::varchar <> 'strict' or r.previous_us is null or r.previous_us <= w.latest_us)
      -- end
      -- with order of unordered, anchored
      and position('|' || r.step_no::varchar || '|' in w.taken) = 0
      -- end
      -- with hold
      and ($hold::varchar is null or r.held = w.held)
      -- end
    group by
      w.attempt, w.unit_no, w.level, w.until_us, w.latest_us
      -- with steps of within
      , w.way, l.is_followed, case when l.is_followed then r.at_us end
      -- end
  ) n
  -- with steps of within
  qualify row_number() over (
    partition by n.attempt, case when n.is_followed then n.event_no end, case when n.is_followed then n.at_once end
    order by n.mark, n.last_mark, n.at_once
  ) = 1
  -- end
)
select
  w.attempt as attempt,
  w.level as level,
  w.latest_us + least(w.waited_us, 0) as at_us,
  w.latest_us as latest_us,
  greatest(w.waited_us, 0) as waited_us,
  w.event_no as event_no
  -- with steps of within
  , w.last_us as last_us
  -- end
  -- with order of unordered, anchored
  , w.taken as taken
  -- end
  -- with count of money
  , w.amount as amount
  -- end
from (
  select
    k.*
    -- with steps of within
    , max(k.latest_us) over (partition by k.attempt, k.level) as last_us,
    first_value(k.way) over (partition by k.attempt order by k.level desc, k.mark, k.at_once) as best_way
    -- end
  from walk k
) w
where
  w.waited_us is not null
  -- with steps of within
  and substring(w.best_way, 1, char_length(w.way)) = w.way
  -- end
