-- The rows that are probably one and the same, one by one, those that belong together below each other, the latest first.
-- What each kind means stands in duplicates. Names and telephone numbers are masked.
-- grain: row_no
-- audience: owner
-- uses: duplicate_marks, duplicate_kinds
-- param kind varchar (same_phone_lead | same_wechat_lead | same_phone_customer | same_wechat_customer | same_visit | same_order | same_upsell | same_payment | same_appointment | same_followup | same_reward | same_staff) optional: only this kind
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column kind varchar not null: what seems to stand there twice
-- column group_no bigint not null: rows of one number belong together
-- column id varchar not null: number of the lead, customer, visit and so on
-- column happened_at timestamp: moment of the row; null where its list has none
-- column store varchar: store that the row names
-- column customer_name varchar: name of the lead, customer or member of staff; of customers masked
-- column phone varchar contact: of the lead or customer; masked
-- column refers_to varchar: order, lead, customer or visit that the row belongs to
-- column amount decimal(18,2): money of the row
-- column file varchar: name of the file that brought it
-- column batch_id bigint not null: import that brought it
-- column line bigint not null: number of the record in that file, from 1 after the header
with asked as (
  select
    k.kind as kind,
    m.*,
    max(m.happened_at) over (partition by m.kind_no, m.first_id) as group_at
  from duplicate_marks m
  join duplicate_kinds k on k.kind_no = m.kind_no
  where $kind::varchar is null or k.kind = $kind::varchar
),
numbered as (
  select
    a.*,
    dense_rank() over (order by a.kind_no, a.group_at desc nulls last, a.first_id)::bigint as group_no,
    row_number() over (
      order by a.kind_no, a.group_at desc nulls last, a.first_id, a.happened_at nulls last, a.id
    )::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from asked a
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.kind::varchar as kind,
  n.group_no::bigint as group_no,
  n.id::varchar as id,
  n.happened_at::timestamp as happened_at,
  n.store::varchar as store,
  (case when n.kind = 'same_staff' then n.name else masked_name(n.name) end)::varchar as customer_name,
  masked_phone(n.phone)::varchar as phone,
  n.refers_to::varchar as refers_to,
  n.amount::decimal(18,2) as amount,
  b.file::varchar as file,
  n.batch_id::bigint as batch_id,
  n.line::bigint as line
from numbered n
left join raw.batches b on b.batch_id = n.batch_id
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
