-- Journeys that are the same client as another by their telephone.
-- A customer number says who somebody is. A journey without one is its client's who bears its telephone number: the one
-- customer who does, in a lead, in the list of customers or as somebody's partner; where no customer does, all journeys that
-- bear it are one client. A number that several customers bear, or more than ten such journeys, says nothing of anybody: it may be
-- a household's or the shop's own. Only numbers of 7 to 15 digits are numbers, behind a plus those of another country.
-- grain: person_id
-- column person_id varchar not null: journey_id of a journey without a customer; see events
-- column client_id varchar not null: person_id of whom it is, always another
with asked_numbers as (
  select distinct l.phone as phone
  from exports.leads l
  where l.customer_id is null and l.phone is not null and day_of(l.created_at) <= l.imported_on
),
numbers as (
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
repeated as (
  select n.phone as phone
  from numbers n
  semi join asked_numbers a on a.phone = n.phone
  group by n.phone
  having count(*) > 1
),
bearers as materialized (
  select n.phone as phone, coalesce(n.customer_id, p.customer_id) as customer_id, 'L:' || n.lead_id as journey_id
  from numbers n
  semi join repeated r on r.phone = n.phone
  left join paths p on p.journey_id = 'L:' || n.lead_id
  where regexp_extract(n.phone, '^[+]?[0-9]{7,15}$') <> ''
),
owners as materialized (
  select
    b.phone as phone,
    coalesce('C:' || min(b.customer_id), min(case when b.customer_id is null then b.journey_id end)) as client_id
  from bearers b
  group by b.phone
  having
    count(distinct b.customer_id) = 1
    or count(distinct b.customer_id) = 0 and count(distinct b.journey_id) between 2 and 10
)
select b.journey_id::varchar as person_id, o.client_id::varchar as client_id
from bearers b
join owners o on o.phone = b.phone
where b.customer_id is null and b.journey_id <> o.client_id
