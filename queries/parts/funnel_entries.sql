-- Events with which attempts begin: those that take the first step (with `open`, any required step), by `entry`.
-- grain: mark
-- uses: funnel_matches, entry_days, $to, $entry, $open
with begins as (
  select
    m.unit as unit,
    m.at_us as at_us,
    m.happened_on as happened_on,
    m.step_no as step_no,
    m.first_level as first_level,
    m.mark as mark,
    -- with hold
    m.held as held,
    -- end
    -- with by
    m.said as said,
    m.told_journey as told_journey,
    -- end
    -- with count of money
    m.amount as amount,
    -- end
    d.from_day as from_day,
    -- with entry of first, first_ever
    min(m.mark) over (partition by m.unit) as first_mark,
    -- end
    $entry::varchar as entry
  from funnel_matches m
  cross join entry_days d
  where
    not m.is_optional
    and (m.block_no = 1 or $open::boolean)
    and ($entry::varchar = 'first_ever' or m.happened_on >= d.from_day)
    and m.happened_on <= $to::date
)
select b.*
from begins b
where
  b.happened_on >= b.from_day
  -- with entry of first, first_ever
  and (b.entry = 'every' or b.mark = b.first_mark)
  -- end
