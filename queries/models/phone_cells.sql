-- Cells of leads and customers that hold two to four telephones, with each of these: a household's.
-- grain: cell, phone
-- column cell varchar not null: as typed
-- column phone varchar not null: one of its numbers, as digits
with cells as (
  select l.phone as cell
  from exports.leads l
  where char_length(l.phone) > 16 and day_of(l.created_at) <= l.imported_on
  union
  select c.phone as cell
  from exports.customers c
  where char_length(c.phone) > 16
  union
  select c.partner_phone as cell
  from exports.customers c
  where char_length(c.partner_phone) > 16
),
divided as (
  select c.cell as cell, unnest(phones_of(c.cell)) as phone
  from cells c
)
select d.cell::varchar as cell, d.phone::varchar as phone
from divided d
