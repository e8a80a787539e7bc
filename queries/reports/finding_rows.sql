-- The rows of one batch that are odd, one by one, in the order of the file.
-- A row that is odd in two ways, or names two people who are not known, stands there twice; one that became empty in two
-- fields does too.
-- grain: row_no
-- audience: owner
-- uses: batch_findings
-- param batch bigint: number of the batch
-- param kind varchar (emptied | unknown_lead | unknown_order | unknown_customer | unknown_staff | unknown_campaign | before_lead | before_order | after_import | several_phones) optional: only this kind
-- param column_name varchar optional: only what became empty in this field or unknown column
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column kind varchar not null: what is odd
-- column table_name varchar not null: list of the row
-- column line bigint not null: number of the record, from 1 after the header
-- column id varchar not null: number of the lead, visit, order and so on; of a campaign's day the campaign, of a target its metric, of an assignment the unit
-- column happened_at timestamp: moment of the row
-- column column_name varchar: of emptied the field or unknown column that became empty, or its default
-- column refers_to varchar: what the row names: the lead, order, customer, member of staff or campaign; of after_import the row itself; of emptied nothing
-- column reference_at timestamp: when that lead or order began; of after_import the day of the import
-- column all_rows bigint not null: rows on all pages together
with asked as (
  select
    f.kind as kind,
    f.table_name as table_name,
    f.line as line,
    f.id as id,
    f.happened_at as happened_at,
    f.column_name as column_name,
    f.refers_to as refers_to,
    f.reference_at as reference_at,
    row_number() over (order by f.kind_no, f.line, f.refers_to, f.column_name)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from batch_findings f
  where ($kind::varchar is null or f.kind = $kind::varchar)
    and ($column_name::varchar is null or f.column_name = $column_name::varchar)
)
select
  a.row_no::bigint as row_no,
  a.kind::varchar as kind,
  a.table_name::varchar as table_name,
  a.line::bigint as line,
  a.id::varchar as id,
  a.happened_at::timestamp as happened_at,
  a.column_name::varchar as column_name,
  a.refers_to::varchar as refers_to,
  a.reference_at::timestamp as reference_at,
  a.all_rows::bigint as all_rows
from asked a
where a.row_no > $offset::bigint and a.row_no <= $offset::bigint + $limit::bigint
order by a.row_no
