-- check: every record of every batch became one thing: loaded, replaced, unchanged, superseded, rejected or suppressed
-- severity: error
select
  b.batch_id::bigint as batch_id,
  b.file::varchar as file,
  b.read::bigint as read,
  (b.loaded + b.replaced + b.unchanged + b.superseded + b.rejected + coalesce(b.suppressed, 0))::bigint as accounted
from raw.batches b
where b.read <> b.loaded + b.replaced + b.unchanged + b.superseded + b.rejected + coalesce(b.suppressed, 0)
