-- check: every record of every batch became one thing: loaded, replaced, unchanged, superseded or rejected
-- severity: error
select
  b.batch_id::bigint as batch_id,
  b.file::varchar as file,
  b.read::bigint as read,
  (b.loaded + b.replaced + b.unchanged + b.superseded + b.rejected)::bigint as accounted
from raw.batches b
where b.read <> b.loaded + b.replaced + b.unchanged + b.superseded + b.rejected
