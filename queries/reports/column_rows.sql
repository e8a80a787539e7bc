-- The rows behind a number of completeness, one by one: those of a list with or without a value in a column, the latest first.
-- What the value is does not stand here, only whether there is one, and by which import the row came.
-- grain: row_no
-- audience: owner
-- uses: list_rows, list_columns
-- param as_of date default as_of: rows of later days are left out; a row without a date of its own is not, and has the day of its import
-- param table_name varchar (leads | visits | orders | upsells | payments | campaigns | campaign_days | customers | staff | followups | cards | referral_rewards | appointments | complaints | surveys | brand_surveys | experiments | assignments | targets | events): list, as in the contract
-- param column_name varchar: column, as in the contract
-- param value varchar (all | filled | empty) default all: rows with a value, without one, or both
-- param scope varchar (list | store) default list: the whole list or one store
-- param store varchar optional: with scope store the store; without one rows that name none
-- param first_on date optional: no earlier day
-- param last_on date optional: no later day
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column day date not null: business day of the row; of a row without a date the day of its import
-- column happened_at timestamp: moment of the row
-- column store varchar: its store, else that of its order or lead
-- column id varchar not null: number of the lead, visit, order and so on
-- column filled boolean not null: it has a value in the column
-- column file varchar: name of the file that brought it
-- column batch_id bigint not null: import that brought it
-- column line bigint not null: number of the record in that file, from 1 after the header
with marked as (
  select
    r.day as day,
    r.happened_at as happened_at,
    r.store as store,
    r.id as id,
    r.batch_id as batch_id,
    r.line as line,
    case c.column_no
      when 1 then r.f1 when 2 then r.f2 when 3 then r.f3 when 4 then r.f4 when 5 then r.f5
      when 6 then r.f6 when 7 then r.f7 when 8 then r.f8 when 9 then r.f9 when 10 then r.f10
      when 11 then r.f11 when 12 then r.f12 when 13 then r.f13 when 14 then r.f14 when 15 then r.f15
      when 16 then r.f16 when 17 then r.f17 when 18 then r.f18 when 19 then r.f19 when 20 then r.f20
    end as filled
  from list_rows r
  join list_columns c on c.table_no = r.table_no
  where
    c.table_name = $table_name::varchar
    and c.column_name = $column_name::varchar
    and (r.happened_at is null or r.day <= $as_of::date)
    and ($scope::varchar = 'list' or r.store is not distinct from $store::varchar)
    and ($first_on::date is null or r.day >= $first_on::date)
    and ($last_on::date is null or r.day <= $last_on::date)
),
numbered as (
  select
    m.*,
    row_number() over (order by m.day desc, m.happened_at desc nulls last, m.id, m.batch_id, m.line)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from marked m
  where $value::varchar = 'all' or m.filled = case when $value::varchar = 'filled' then 1 else 0 end
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.day::date as day,
  n.happened_at::timestamp as happened_at,
  n.store::varchar as store,
  n.id::varchar as id,
  (n.filled = 1)::boolean as filled,
  b.file::varchar as file,
  n.batch_id::bigint as batch_id,
  n.line::bigint as line
from numbered n
left join raw.batches b on b.batch_id = n.batch_id
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
