-- Persons who are the same client as another, known by their telephone or by what somebody decided.
-- A customer number says who somebody is. A journey without one is its client's who bears its telephone number: the one
-- customer who does, in a lead, in the list of customers or as somebody's partner; where no customer does, all journeys that
-- bear it are one client. A number that several customers bear, or more than ten such journeys, says nothing of anybody: it may be
-- a household's or the shop's own. Only numbers of 7 to 15 digits are numbers.
-- Decisions (list client_decisions) are about two persons, each a customer or the journey of a lead, which is its customer's
-- once it has one; of several about the same two the latest counts. *Same* joins them and all who are the same as either, over at most
-- 64 of them one after another. *Different* takes the one with the greater person_id out of what the telephone says, and no
-- more: who is the same by other decisions stays so. A client is known by the smallest person_id, customers before journeys.
-- grain: person_id
-- column person_id varchar not null: C:customer_id, else journey_id of a journey without a customer; see events
-- column client_id varchar not null: person_id of whom it is, always another
with recursive asked_numbers as (
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
  where regexp_extract(n.phone, '^[0-9]{7,15}$') <> ''
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
),
named as (
  select
    d.decided_at as decided_at, d.batch_id as batch_id, d.line as line, d.decision as decision,
    coalesce('C:' || coalesce(d.customer_a, a.customer_id), 'L:' || d.lead_a) as one_id,
    coalesce('C:' || coalesce(d.customer_b, b.customer_id), 'L:' || d.lead_b) as other_id
  from exports.client_decisions d
  left join paths a on a.journey_id = case when d.customer_a is null then 'L:' || d.lead_a end
  left join paths b on b.journey_id = case when d.customer_b is null then 'L:' || d.lead_b end
  where d.decision is not null
),
ranked as (
  select
    least(n.one_id, n.other_id) as first_id, greatest(n.one_id, n.other_id) as second_id, n.decision as decision,
    row_number() over (
      partition by least(n.one_id, n.other_id), greatest(n.one_id, n.other_id)
      order by n.decided_at desc, n.batch_id desc, n.line desc
    ) as place
  from named n
  where n.one_id is not null and n.other_id is not null and n.one_id <> n.other_id
),
decided as materialized (
  select r.first_id as first_id, r.second_id as second_id, r.decision as decision
  from ranked r
  where r.place = 1
),
alike as materialized (
  select b.journey_id as person_id, o.client_id as client_id
  from bearers b
  semi join (select d.first_id as person_id from decided d union all select d.second_id as person_id from decided d) p
    on p.person_id = b.journey_id
  join owners o on o.phone = b.phone
  where b.customer_id is null and b.journey_id <> o.client_id
),
taken_out as materialized (
  select distinct d.second_id as person_id
  from decided d
  join alike s on s.person_id = d.second_id
  left join alike f on f.person_id = d.first_id
  where d.decision = 'different' and s.client_id = coalesce(f.client_id, d.first_id)
),
known as (
  select a.person_id as person_id, a.client_id as client_id
  from alike a
  anti join taken_out t on t.person_id = a.person_id
),
joined as (
  select coalesce(f.client_id, d.first_id) as one_id, coalesce(s.client_id, d.second_id) as other_id
  from decided d
  left join known f on f.person_id = d.first_id
  left join known s on s.person_id = d.second_id
  where d.decision = 'same'
),
neighbours as materialized (
  select j.one_id as person_id, j.other_id as neighbour_id from joined j
  union
  select j.other_id as person_id, j.one_id as neighbour_id from joined j
  union
  select j.one_id as person_id, j.one_id as neighbour_id from joined j
  union
  select j.other_id as person_id, j.other_id as neighbour_id from joined j
),
reached as (
  select n.person_id as person_id, min(n.neighbour_id) as client_id, 1::bigint as steps
  from neighbours n
  group by n.person_id
  union all
  select n.person_id as person_id, min(r.client_id) as client_id, max(r.steps + 1)::bigint as steps
  from reached r
  join neighbours n on n.neighbour_id = r.person_id
  where r.steps < 64
  group by n.person_id
),
merged as materialized (
  select r.person_id as person_id, min(r.client_id) as client_id
  from reached r
  group by r.person_id
)
select b.journey_id::varchar as person_id, coalesce(m.client_id, o.client_id)::varchar as client_id
from bearers b
join owners o on o.phone = b.phone
anti join taken_out t on t.person_id = b.journey_id
left join merged m on m.person_id = o.client_id
where b.customer_id is null and b.journey_id <> o.client_id
union all
select m.person_id::varchar as person_id, m.client_id::varchar as client_id
from merged m
where m.client_id <> m.person_id
