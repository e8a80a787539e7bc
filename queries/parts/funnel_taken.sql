-- The steps that the counted attempts took, each with its moment and the time since the step before.
-- An optional step is taken by the first event of it after the level behind which it stands and before the next one (or, while
-- that has not come, in its window) that took neither.
-- grain: attempt, step_no
-- uses: asked_steps, funnel_matches, funnel_entries, funnel_walk, funnel_chosen, $tolerance, $hold, $count
with required as (
  select
    c.attempt as attempt,
    c.unit as unit,
    c.segment as segment,
    c.became as became,
    c.started_us as started_us,
    c.deadline_us as deadline_us,
    c.level as last_level,
    c.entry_level as level,
    c.started_us as at_us,
    null::bigint as waited_us,
    c.event_no as event_no
    -- with count of money
    , e.amount as amount
    -- end
  from funnel_chosen c
  -- with count of money
  join funnel_entries e on e.attempt = c.attempt
  -- end
  union all
  select
    c.attempt as attempt,
    c.unit as unit,
    c.segment as segment,
    c.became as became,
    c.started_us as started_us,
    c.deadline_us as deadline_us,
    c.level as last_level,
    w.level as level,
    w.at_us as at_us,
    w.waited_us as waited_us,
    w.event_no as event_no
    -- with count of money
    , w.amount as amount
    -- end
  from funnel_chosen c
  join funnel_walk w on w.attempt = c.attempt and w.level <= c.level
)
-- with steps of optional
, optional_steps as (
  select s.step_no as step_no, s.level as level, s.within_us as within_us
  from asked_steps s
  where s.is_optional
),
stood as (
  select c.attempt as attempt, c.entry_level as level, c.started_us as latest_us, c.event_no as event_no
  from funnel_chosen c
  union all
  select w.attempt as attempt, w.level as level, w.latest_us as latest_us, w.event_no as event_no
  from funnel_walk w
),
candidates as materialized (
  select
    c.attempt as attempt,
    c.unit as unit,
    c.segment as segment,
    c.became as became,
    c.started_us as started_us,
    c.deadline_us as deadline_us,
    c.level as last_level,
    s.step_no as step_no,
    s.level as level,
    s.within_us as within_us,
    m.at_us as at_us,
    m.choice_no as choice_no,
    m.event_no as event_no
    -- with hold
    , m.held as held
    -- end
    -- with count of money
    , m.amount as amount
    -- end
  from funnel_chosen c
  join (select m.* from funnel_matches m where m.is_optional) m on m.unit = c.unit
  join optional_steps s on s.step_no = m.step_no and s.level <= c.level
),
optional as (
  select
    c.attempt as attempt,
    c.step_no as step_no,
    min(c.unit) as unit,
    min(c.segment) as segment,
    min(c.became) as became,
    min(c.started_us) as started_us,
    min(c.deadline_us) as deadline_us,
    min(c.at_us) as at_us,
    min(greatest(c.at_us - t.latest_us, 0)) as waited_us,
    argMin(c.event_no, wide_no(c.at_us * 1024 + c.choice_no, c.event_no)) as event_no
    -- with count of money
    , argMin(c.amount, wide_no(c.at_us * 1024 + c.choice_no, c.event_no)) as amount
    -- end
  from candidates c
  join stood t on t.attempt = c.attempt and t.level = c.level
  -- with hold
  join funnel_entries e on e.attempt = c.attempt
  -- end
  left join funnel_walk n on n.attempt = c.attempt and n.level = c.level + 1 and n.level <= c.last_level
  where
    c.at_us >= t.latest_us - $tolerance::bigint * 1000000
    and (c.within_us is null or c.at_us <= t.latest_us + c.within_us)
    and c.at_us <= coalesce(n.at_us, c.deadline_us, c.at_us)
    and c.event_no <> t.event_no
    and c.event_no <> coalesce(n.event_no, -1)
    -- with hold
    and ($hold::varchar is null or c.held = e.held)
    -- end
  group by c.attempt, c.step_no
)
-- end
select
  r.attempt as attempt,
  s.step_no as step_no,
  r.unit as unit,
  r.segment as segment,
  r.became as became,
  r.started_us as started_us,
  r.deadline_us as deadline_us,
  r.at_us as at_us,
  r.waited_us as waited_us,
  r.event_no as event_no,
  (r.level = r.last_level)::boolean as is_last,
  (r.waited_us is null)::boolean as is_first
  -- with count of money
  , r.amount as amount
  -- end
from required r
left join asked_steps s on s.level = r.level and not s.is_optional
-- with steps of optional
union all
select
  o.attempt as attempt,
  o.step_no as step_no,
  o.unit as unit,
  o.segment as segment,
  o.became as became,
  o.started_us as started_us,
  o.deadline_us as deadline_us,
  o.at_us as at_us,
  o.waited_us as waited_us,
  o.event_no as event_no,
  false as is_last,
  false as is_first
  -- with count of money
  , o.amount as amount
  -- end
from optional o
-- end
