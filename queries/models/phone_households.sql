-- The household of each telephone that stands in one cell with others: all numbers of one cell are of one household, over at
-- most eight cells one after another.
-- grain: phone
-- column phone varchar not null: as digits
-- column household varchar not null: its smallest number
with recursive beside as (
  select distinct m.phone as phone, n.phone as beside
  from phone_cells m
  join phone_cells n on n.cell = m.cell
),
reached as (
  select b.phone as phone, min(b.beside) as household, 1::bigint as steps
  from beside b
  group by b.phone
  union all
  select b.phone as phone, min(r.household) as household, (max(r.steps) + 1)::bigint as steps
  from reached r
  join beside b on b.beside = r.phone
  where r.steps < 8
  group by b.phone
)
select r.phone::varchar as phone, min(r.household)::varchar as household
from reached r
group by r.phone
