-- The clients of a cell of rfm, one by one, those who brought most first.
-- Exactly those that rfm counts there, scored among the same clients. Names and telephone numbers are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: rfm_scores
-- param recency_score bigint (1 .. 5) optional: only clients of this score; 5 ordered last
-- param frequency_score bigint (1 .. 5) optional: only clients of this score; 5 ordered most often
-- param monetary_score bigint (1 .. 5) optional: only clients of this score; 5 brought most
-- param as_of date default as_of: the day; nothing later is counted
-- param by varchar optional segment: field of the first journey whose values split the rows
-- param segment varchar optional: with by, only clients of this value; without a value those where it is missing
-- param where varchar[] filters: entries field=value, of the first journey; scores are among the clients that are left
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column client_id varchar not null: C:customer_id, else the journey that they are known by
-- column customer_id varchar: number of the customer
-- column customer_name varchar: masked
-- column phone varchar contact: masked
-- column store varchar: of the first journey
-- column channel varchar: of the first journey
-- column last_on date not null: day of the last order
-- column recency_days bigint not null: days since then
-- column orders bigint not null: orders signed
-- column revenue decimal(18,2) not null: signed and upsold less what was cancelled or refunded
-- column r_score bigint not null: score of recency
-- column f_score bigint not null: score of frequency
-- column m_score bigint not null: score of money
with numbered as (
  select
    s.*,
    row_number() over (order by s.revenue desc, s.client_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from rfm_scores s
  where
    ($by::varchar is null or s.segment is not distinct from $segment::varchar)
    and ($recency_score::bigint is null or s.recency_score = $recency_score::bigint)
    and ($frequency_score::bigint is null or s.frequency_score = $frequency_score::bigint)
    and ($monetary_score::bigint is null or s.monetary_score = $monetary_score::bigint)
),
shown as (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.client_id::varchar as client_id,
  (case when s.client_id like 'C:%' then substring(s.client_id, 3) end)::varchar as customer_id,
  masked_name(coalesce(u.name, l.customer_name))::varchar as customer_name,
  masked_phone(coalesce(u.phone, l.phone))::varchar as phone,
  j.store::varchar as store,
  j.channel::varchar as channel,
  s.last_on::date as last_on,
  s.recency_days::bigint as recency_days,
  s.orders::bigint as orders,
  s.revenue::decimal(18,2) as revenue,
  s.recency_score::bigint as r_score,
  s.frequency_score::bigint as f_score,
  s.monetary_score::bigint as m_score
from shown s
left join begun_journeys j on j.journey_id = s.journey_id
left join exports.customers u on 'C:' || u.customer_id = s.client_id
left join exports.leads l on 'L:' || l.lead_id = s.journey_id
order by s.row_no
