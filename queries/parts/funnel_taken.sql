-- The steps that the counted attempts took, each with its moment and the time since the step before.
-- An optional step is taken by the first event of it after the level behind which it stands and before the next one (or, while
-- that has not come, in its window) that took neither.
-- grain: attempt, step_no
-- uses: asked_steps, funnel_matches, funnel_walk, funnel_chosen, $tolerance, $hold, $count
with required as (
  select
    c.attempt as attempt,
    c.unit as unit,
    c.segment as segment,
    c.became as became,
    c.started_us as started_us,
    c.deadline_us as deadline_us,
    c.level as last_level,
    c.entry_level as entry_level,
    w.level as level,
    w.at_us as at_us,
    w.latest_us as latest_us,
    w.waited_us as waited_us,
    w.mark as mark
    -- with hold
    , w.held as held
    -- end
    -- with count of money
    , w.amount as amount
    -- end
  from funnel_chosen c
  join funnel_walk w on w.attempt = c.attempt and w.level <= c.level
),
optional_steps as (
  select s.step_no as step_no, s.level as level, s.within_us as within_us
  from asked_steps s
  where s.is_optional
),
optional as (
  select
    r.attempt as attempt,
    s.step_no as step_no,
    min(r.segment) as segment,
    min(r.became) as became,
    min(r.started_us) as started_us,
    min(m.at_us) as at_us,
    min(greatest(m.at_us - r.latest_us, 0)) as waited_us
    -- with count of money
    , argMin(m.amount, m.mark) as amount
    -- end
  from optional_steps s
  join required r on r.level = s.level
  join funnel_matches m on m.unit = r.unit and m.step_no = s.step_no
  left join funnel_walk n on n.attempt = r.attempt and n.level = r.level + 1 and n.level <= r.last_level
  where
    m.at_us >= r.latest_us - $tolerance::bigint * 1000000
    and (s.within_us is null or m.at_us <= r.latest_us + s.within_us)
    and m.at_us <= coalesce(n.at_us, r.deadline_us, m.at_us)
    and substring(m.mark, 23) <> substring(r.mark, 23)
    and substring(m.mark, 23) <> coalesce(substring(n.mark, 23), '')
    -- with hold
    and ($hold::varchar is null or m.held = r.held)
    -- end
  group by r.attempt, s.step_no
)
select
  r.attempt as attempt,
  s.step_no as step_no,
  r.segment as segment,
  r.became as became,
  r.started_us as started_us,
  r.at_us as at_us,
  case when r.level > r.entry_level then r.waited_us end as waited_us,
  (r.level = r.last_level)::boolean as is_last,
  (r.level = r.entry_level)::boolean as is_first
  -- with count of money
  , r.amount as amount
  -- end
from required r
join asked_steps s on s.level = r.level and not s.is_optional
union all
select
  o.attempt as attempt,
  o.step_no as step_no,
  o.segment as segment,
  o.became as became,
  o.started_us as started_us,
  o.at_us as at_us,
  o.waited_us as waited_us,
  false as is_last,
  false as is_first
  -- with count of money
  , o.amount as amount
  -- end
from optional o
