-- The records of one batch that were not taken, each with every reason, in pages: those that wait to be mended first, then
-- the others, both in the order of the file.
-- A record with two problems stands there twice, once for each. Records may hold a customer's data: here, and so on every
-- page and in every answer, runs of seven or more digits, mobile numbers and e-mail addresses are masked; what the record's
-- number, column and reason do not tell stands in the owner's download of the batch's page, which has the records whole.
-- grain: reject_no
-- audience: owner
-- param batch bigint: number of the batch
-- param page bigint default 1: which page, from 1
-- param page_size bigint default 50: problems on a page
-- column reject_no bigint not null: number of the problem within the batch
-- column line bigint not null: number of the record, from 1 after the header
-- column column_name varchar: header of the column that is wrong; null where the record as a whole could not be read
-- column reason varchar not null: required, instant, day, money, whole, number, choice, scientific, too_few_columns, too_many_columns, quotes, too_long or unreadable
-- column raw_text varchar: the record as it stands in the file, long numbers and e-mail addresses masked
-- column state varchar not null: open while the record waits, mended, or closed where a rule leaves it out and nothing can be mended
-- column mended_in bigint: batch that brought the record mended; null while nobody has
-- column all_problems bigint not null: problems on all pages together
-- column all_records bigint not null: records with a problem on all pages together
-- column open_problems bigint not null: those of all_problems whose record can be mended and nobody has
-- column open_records bigint not null: those of all_records that can be mended and nobody has
-- column mended_records bigint not null: those of all_records that came in mended
with found as (
  select
    r.line as line,
    r.column_name as column_name,
    r.reason as reason,
    r.raw_text as raw_text,
    q.mended_in as mended_in,
    case when q.line is null then 'closed' when q.mended_in is null then 'open' else 'mended' end as state
  from raw.rejects r
  left join raw.quarantine q on q.batch_id = r.batch_id and q.line = r.line
  where r.batch_id = $batch::bigint
),
numbered as (
  select
    f.*,
    row_number() over (
      order by case when f.state = 'open' then 0 else 1 end, f.line, f.column_name nulls first, f.reason
    )::bigint as reject_no
  from found f
),
sums as (
  select
    count(*)::bigint as all_problems,
    count(distinct f.line)::bigint as all_records,
    count(case when f.state = 'open' then 1 end)::bigint as open_problems,
    count(distinct case when f.state = 'open' then f.line end)::bigint as open_records,
    count(distinct case when f.state = 'mended' then f.line end)::bigint as mended_records
  from found f
)
select
  f.reject_no::bigint as reject_no,
  f.line::bigint as line,
  f.column_name::varchar as column_name,
  f.reason::varchar as reason,
  masked_text(f.raw_text)::varchar as raw_text,
  f.state::varchar as state,
  f.mended_in::bigint as mended_in,
  s.all_problems::bigint as all_problems,
  s.all_records::bigint as all_records,
  s.open_problems::bigint as open_problems,
  s.open_records::bigint as open_records,
  s.mended_records::bigint as mended_records
from numbered f
cross join sums s
where f.reject_no > ($page::bigint - 1) * $page_size::bigint and f.reject_no <= $page::bigint * $page_size::bigint
order by f.reject_no
