-- Journeys that are the same client as another by their telephone.
-- A customer number says who somebody is. A journey without one is its client's who bears its telephone number: the one
-- customer who does, in a lead, in the list of customers or as somebody's partner; where no customer does, all journeys that
-- bear it are one client. A number that several customers bear, or more than ten such journeys, says nothing of anybody: it may be
-- a household's or the shop's own. Only numbers of 7 to 15 digits are numbers, behind a plus those of another country.
-- Two to four numbers in one cell are a household's. A journey that bears several is the customer's who alone bears one of
-- them; a number that no customer bears is the customer's whose number stands beside it in a cell; where no customer does,
-- journeys of one household are one client. Who could be one customer and another is neither.
-- grain: person_id
-- column person_id varchar not null: journey_id of a journey without a customer; see events
-- column client_id varchar not null: person_id of whom it is, always another
with cells as (
  select l.phone as phone, l.lead_id as lead_id, l.customer_id as customer_id
  from exports.leads l
  where l.phone is not null and day_of(l.created_at) <= l.imported_on
  union all
  select c.phone as phone, null::varchar as lead_id, c.customer_id as customer_id
  from exports.customers c
  where c.phone is not null
  union all
  select c.partner_phone as phone, null::varchar as lead_id, c.customer_id as customer_id
  from exports.customers c
  where c.partner_phone is not null
),
numbers as (
  select coalesce(m.phone, c.phone) as phone, c.lead_id as lead_id, c.customer_id as customer_id
  from cells c
  left join phone_cells m on m.cell = c.phone
),
housed as (
  select coalesce(h.household, n.phone) as household, n.phone as phone, n.lead_id as lead_id, n.customer_id as customer_id
  from numbers n
  left join phone_households h on h.phone = n.phone
),
asked_households as (
  select distinct h.household as household
  from housed h
  where h.lead_id is not null and h.customer_id is null
),
repeated as (
  select h.household as household
  from housed h
  semi join asked_households a on a.household = h.household
  group by h.household
  having count(*) > 1
),
bearers as materialized (
  select
    h.household as household, h.phone as phone, coalesce(h.customer_id, p.customer_id) as customer_id,
    'L:' || h.lead_id as journey_id
  from housed h
  semi join repeated r on r.household = h.household
  left join paths p on p.journey_id = 'L:' || h.lead_id
  where regexp_extract(h.phone, '^[+]?[0-9]{7,15}$') <> ''
),
owners as materialized (
  select b.phone as phone, count(distinct b.customer_id) as customers, min(b.customer_id) as customer_id
  from bearers b
  group by b.phone
),
neighbours as (
  select m.phone as phone, count(distinct o.customer_id) as customers, min(o.customer_id) as customer_id
  from phone_cells m
  join phone_cells b on b.cell = m.cell
  join owners o on o.phone = b.phone
  where o.customers = 1 and b.phone <> m.phone
  group by m.phone
),
nameless as materialized (
  select
    b.journey_id as journey_id,
    min(case when o.customers = 0 then b.household end) as household,
    count(distinct case when o.customers = 1 then o.customer_id end) as customers,
    min(case when o.customers = 1 then o.customer_id end) as customer_id,
    count(distinct case when o.customers = 0 then n.customer_id end) as beside,
    max(case when o.customers = 0 then n.customers end) as most_beside,
    min(case when o.customers = 0 then n.customer_id end) as beside_id
  from bearers b
  join owners o on o.phone = b.phone
  left join neighbours n on n.phone = b.phone
  where b.customer_id is null
  group by b.journey_id
),
strangers as (
  select n.household as household, count(*) as journeys, min(n.journey_id) as journey_id
  from nameless n
  where n.customers = 0 and n.beside = 0
  group by n.household
),
linked as (
  select
    n.journey_id as person_id,
    case
      when n.customers = 1 then 'C:' || n.customer_id
      when n.customers = 0 and n.beside = 1 and n.most_beside = 1 then 'C:' || n.beside_id
      when n.customers = 0 and n.beside = 0 and s.journeys between 2 and 10 then s.journey_id
    end as client_id
  from nameless n
  left join strangers s on s.household = n.household
)
select l.person_id::varchar as person_id, l.client_id::varchar as client_id
from linked l
where l.client_id is not null and l.client_id <> l.person_id
