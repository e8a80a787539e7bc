-- What was imported: one row per file that came in, the latest first, in pages.
-- Every record of a file is counted once: loaded, replaced, unchanged, superseded, rejected and suppressed add up to read.
-- grain: batch_id
-- audience: owner, marketer
-- param batch bigint optional: only this batch
-- param page bigint default 1: which page, from 1
-- param page_size bigint default 50: batches on a page
-- column batch_id bigint not null: number of the batch, in the order of import
-- column table_name varchar not null: list that the file was taken for
-- column file varchar not null: name of the file
-- column file_hash varchar not null: SHA-256 of the file, hexadecimal
-- column source varchar: how it came in: page, paste, command_line, api, pull, folder, mending or sample; null for imports of earlier releases
-- column source_name varchar: name of the pull source, folder or token
-- column imported_by varchar: who brought it in
-- column mends bigint: batch whose rejected records it brings mended
-- column imported_at timestamp not null: when it came in, in UTC
-- column imported_on date not null: business day on which it came in
-- column read bigint not null: records in the file
-- column loaded bigint not null: records with a new key
-- column replaced bigint not null: records that changed a known key
-- column unchanged bigint not null: records that were there already, the same
-- column superseded bigint not null: records whose key comes again later in the same file
-- column rejected bigint not null: records that could not be taken
-- column suppressed bigint not null: records of people who were erased: they count, under a pseudonym
-- column open_records bigint not null: rejected records that nobody has mended yet; 0 once the batch is withdrawn
-- column emptied_records bigint not null: records that lost, against the one they replaced, what the file has no column for; 0 once the batch is withdrawn
-- column rounded bigint not null: records whose money had more than two decimals and was rounded
-- column mapping varchar not null: JSON of the fields and the headers that fed them
-- column decided_by varchar: who decided that: memory, person or headers
-- column reading varchar: JSON of how the file was read: format, encoding, delimiter, header and so on
-- column withdrawn_at timestamp: when the batch was withdrawn, in UTC
-- column withdrawn_by varchar: who withdrew it
-- column all_batches bigint not null: batches on all pages together
with open_rejects as (
  select q.batch_id as batch_id, count(*)::bigint as records
  from raw.quarantine q
  where q.mended_in is null
  group by q.batch_id
),
emptied as (
  select e.batch_id as batch_id, count(distinct e.line)::bigint as records
  from raw.emptied e
  group by e.batch_id
),
asked as (
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
  b.file_hash::varchar as file_hash,
  b.source::varchar as source,
  b.source_name::varchar as source_name,
  b.imported_by::varchar as imported_by,
  b.mends::bigint as mends,
  b.imported_at::timestamp as imported_at,
  b.imported_on::date as imported_on,
  b.read::bigint as read,
  b.loaded::bigint as loaded,
  b.replaced::bigint as replaced,
  b.unchanged::bigint as unchanged,
  b.superseded::bigint as superseded,
  b.rejected::bigint as rejected,
  coalesce(b.suppressed, 0)::bigint as suppressed,
  (case when b.withdrawn_at is null then coalesce(o.records, 0) else 0 end)::bigint as open_records,
  (case when b.withdrawn_at is null then coalesce(e.records, 0) else 0 end)::bigint as emptied_records,
  coalesce(b.rounded, 0)::bigint as rounded,
  b.mapping::varchar as mapping,
  b.decided_by::varchar as decided_by,
  b.reading::varchar as reading,
  b.withdrawn_at::timestamp as withdrawn_at,
  b.withdrawn_by::varchar as withdrawn_by,
  a.all_batches::bigint as all_batches
from raw.batches b
join asked a on a.batch_id = b.batch_id
left join open_rejects o on o.batch_id = b.batch_id
left join emptied e on e.batch_id = b.batch_id
where a.place > ($page::bigint - 1) * $page_size::bigint and a.place <= $page::bigint * $page_size::bigint
order by b.batch_id desc
