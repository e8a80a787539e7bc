-- Who works or has worked here: everybody in the list of staff, and everybody whom leads, visits, orders or upsells name.
-- Of whom only other lists tell there is no more than the number. A manager sees the people who are listed in the own stores.
-- grain: staff_id
-- audience: owner, manager stores, staff own
-- viewer: in the text
-- param staff varchar optional: only this person
-- column staff_id varchar not null: who
-- column name varchar: name in the list of staff
-- column role varchar: desk in the list of staff
-- column store varchar: store in the list of staff
-- column hired_on date: since when, in the list of staff
-- column left_on date: until when, in the list of staff
with named as (
  select s.staff_id as staff_id from exports.staff s
  union
  select j.inviter as staff_id from begun_journeys j where j.inviter is not null
  union
  select a.staff_id as staff_id from acts a where a.staff_id is not null
  union
  select t.staff_id as staff_id from touches t where t.staff_id is not null
)
select
  n.staff_id::varchar as staff_id,
  s.name::varchar as name,
  s.role::varchar as role,
  s.store::varchar as store,
  s.hired_on::date as hired_on,
  s.left_on::date as left_on
from named n
left join exports.staff s on s.staff_id = n.staff_id
where
  ($staff::varchar is null or n.staff_id = $staff::varchar)
  and ($viewer_staff::varchar is null or n.staff_id = $viewer_staff::varchar)
  and (length($viewer_stores::varchar[]) = 0 or is_in($viewer_stores::varchar[], coalesce(s.store, '')))
order by n.staff_id
