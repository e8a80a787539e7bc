-- What was imported: one row per file that came in, the latest first, in pages.
-- Every record of a file is counted once: loaded, replaced, unchanged, superseded or rejected add up to read.
-- grain: batch_id
-- audience: owner, manager, marketer
-- param batch bigint optional: only this batch
-- param page bigint default 1: which page, from 1
-- param page_size bigint default 50: batches on a page
-- column batch_id bigint not null: number of the batch, in the order of import
-- column table_name varchar not null: list that the file was taken for
-- column file varchar not null: name of the file
-- column imported_at timestamp not null: when it came in, in UTC
-- column imported_on date not null: business day on which it came in
-- column read bigint not null: records in the file
-- column loaded bigint not null: records with a new key
-- column replaced bigint not null: records that changed a known key
-- column unchanged bigint not null: records that were there already, the same
-- column superseded bigint not null: records whose key comes again later in the same file
-- column rejected bigint not null: records that could not be taken
-- column rounded bigint not null: records whose money had more than two decimals and was rounded
-- column mapping varchar not null: JSON of the fields and the headers that fed them
-- column withdrawn_at timestamp: when the batch was withdrawn, in UTC
-- column all_batches bigint not null: batches on all pages together
with asked as (
  select
    b.batch_id as batch_id,
    row_number() over (order by b.batch_id desc)::bigint as place,
    count(*) over ()::bigint as all_batches
  from raw.batches b
  where $batch::bigint is null or b.batch_id = $batch::bigint
)
select
  b.batch_id::bigint as batch_id,
  b.table_name::varchar as table_name,
  b.file::varchar as file,
  b.imported_at::timestamp as imported_at,
  b.imported_on::date as imported_on,
  b.read::bigint as read,
  b.loaded::bigint as loaded,
  b.replaced::bigint as replaced,
  b.unchanged::bigint as unchanged,
  b.superseded::bigint as superseded,
  b.rejected::bigint as rejected,
  coalesce(b.rounded, 0)::bigint as rounded,
  b.mapping::varchar as mapping,
  b.withdrawn_at::timestamp as withdrawn_at,
  a.all_batches::bigint as all_batches
from raw.batches b
join asked a on a.batch_id = b.batch_id
where a.place > ($page::bigint - 1) * $page_size::bigint and a.place <= $page::bigint * $page_size::bigint
order by b.batch_id desc
