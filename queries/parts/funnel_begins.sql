-- Events that begin an attempt: they take the first step (with `open`, any required step), by `entry`; numbered by event and step.
-- built: view
-- grain: attempt
-- uses: funnel_matches, entry_days, $to, $entry, $open, $hold, $count
with begins as (
  select
    m.*,
    microseconds_of(d.from_day::timestamp) as from_us
    -- with entry of first, first_ever
    , wide_no(m.at_us * 1024 + m.choice_no, m.event_no) as mark,
    min(wide_no(m.at_us * 1024 + m.choice_no, m.event_no)) over (partition by m.unit) as first_mark
    -- end
  from funnel_matches m
  cross join entry_days d
  where
    not m.is_optional
    and (m.block_no = 1 or $open::boolean)
    and ($entry::varchar = 'first_ever' or m.at_us >= microseconds_of(d.from_day::timestamp))
    and m.at_us < microseconds_of(add_days($to::date, 1)::timestamp)
)
select
  b.event_no * 32 + b.step_no as attempt,
  b.unit as unit,
  b.first_level as entry_level,
  b.at_us as started_us,
  b.event_no as event_no,
  b.said as said,
  b.told_journey as told_journey,
  b.step_no as step_no
  -- with hold
  , b.held as held
  -- end
  -- with count of money
  , b.amount as amount
  -- end
from begins b
-- with entry of first, first_ever
where b.at_us >= b.from_us and ($entry::varchar = 'every' or b.mark = b.first_mark)
-- end
