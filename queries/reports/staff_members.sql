-- Who works or has worked here: everybody in the list of staff, and everybody whom leads, visits, orders, upsells or follow-ups
-- name. Of whom only other lists tell there is no more than the number and the store to which more than half of what they ever
-- did belongs. A manager sees the people of the own stores.
-- grain: staff_id
-- audience: owner, manager stores, staff own
-- viewer: in the text
-- uses: staff_homes
-- param staff varchar optional: only this person
-- column staff_id varchar not null: who
-- column name varchar: name in the list of staff
-- column role varchar: desk in the list of staff
-- column store varchar: store in the list of staff, else the one of more than half of what they ever did
-- column hired_on date: since when, in the list of staff
-- column left_on date: until when, in the list of staff
select
  s.staff_id::varchar as staff_id,
  s.name::varchar as name,
  s.role::varchar as role,
  s.store::varchar as store,
  s.hired_on::date as hired_on,
  s.left_on::date as left_on
from staff_homes s
where
  ($staff::varchar is null or s.staff_id = $staff::varchar)
  and ($viewer_staff::varchar is null or s.staff_id = $viewer_staff::varchar)
  and (length($viewer_stores::varchar[]) = 0 or is_in($viewer_stores::varchar[], coalesce(s.store, '')))
order by s.staff_id
