-- What was decided by hand about who is the same client as whom, the latest first.
-- Of several decisions on the same two the latest counts, the others are overruled. A decision is outweighed where the two are one
-- client all the same, by other decisions or because a list gives both the same customer number. Names and telephone
-- numbers are masked.
-- grain: row_no
-- audience: owner, manager stores
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column batch_id bigint not null: import that brought the decision; withdrawing it undoes it
-- column decided_at timestamp not null: when it was decided
-- column decided_by varchar: who decided
-- column decision varchar not null: same or different
-- column standing varchar not null: holds, overruled or outweighed
-- column person_a varchar not null: person_id of the one, the smaller of both
-- column name_a varchar: what they are called; masked
-- column phone_a varchar contact: their telephone; masked
-- column person_b varchar not null: person_id of the other
-- column name_b varchar: what they are called; masked
-- column phone_b varchar contact: their telephone; masked
with told as (
  select
    d.batch_id as batch_id, d.decided_at as decided_at, d.decided_by as decided_by, p.decision as decision,
    p.first_id as first_id, p.second_id as second_id,
    case
      when not p.is_latest then 'overruled'
      when (coalesce(a.client_id, p.first_id) = coalesce(b.client_id, p.second_id)) = (p.decision = 'same') then 'holds'
      else 'outweighed'
    end as standing,
    row_number() over (order by d.decided_at desc, d.batch_id desc, d.line desc)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from decided_pairs p
  join exports.client_decisions d on d.decision_id = p.decision_id
  left join client_links a on a.person_id = p.first_id
  left join client_links b on b.person_id = p.second_id
),
shown as materialized (
  select t.*
  from told t
  where t.row_no > $offset::bigint and t.row_no <= $offset::bigint + $limit::bigint
),
persons as materialized (
  select s.first_id as person_id from shown s
  union
  select s.second_id as person_id from shown s
),
described as (
  select p.person_id as person_id, c.name as name, c.phone as phone
  from persons p
  join exports.customers c on 'C:' || c.customer_id = p.person_id
  union all
  select p.person_id as person_id, l.customer_name as name, l.phone as phone
  from persons p
  join exports.leads l on coalesce('C:' || l.customer_id, 'L:' || l.lead_id) = p.person_id
),
called as materialized (
  select d.person_id as person_id, masked_name(min(d.name)) as name, masked_phone(min(d.phone)) as phone
  from described d
  group by d.person_id
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.batch_id::bigint as batch_id,
  s.decided_at::timestamp as decided_at,
  s.decided_by::varchar as decided_by,
  s.decision::varchar as decision,
  s.standing::varchar as standing,
  s.first_id::varchar as person_a,
  a.name::varchar as name_a,
  a.phone::varchar as phone_a,
  s.second_id::varchar as person_b,
  b.name::varchar as name_b,
  b.phone::varchar as phone_b
from shown s
left join called a on a.person_id = s.first_id
left join called b on b.person_id = s.second_id
order by s.row_no
