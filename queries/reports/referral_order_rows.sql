-- The referred orders behind a figure of the referral programme, one by one, earliest first.
-- Exactly those that referral_returns counts of a scope, or referral_generations of a generation: those that stand, or those that were
-- cancelled. all_amount and all_gain are sums over all pages. Names are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: referral_orders, referral_gains, referral_names, $margin_rate
-- param as_of date default as_of: nothing later than this day is counted
-- param margin_rate double optional: share of revenue that is margin, 0 to 1, for orders without costs
-- param scope varchar (first | whole) default whole: first (ordered by those whom somebody sent whom nobody sent) or whole (by everybody)
-- param generation bigint (0 .. 1000) optional: only those ordered in this generation
-- param only varchar (standing | cancelled) default standing: those that stand, or those that were cancelled
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column all_amount decimal(18,2) not null: sum of amount and upsold on all pages
-- column all_gain decimal(18,2) not null: sum of gain on all pages
-- column bought_on date not null: business day of the order
-- column order_id varchar not null: the order
-- column client_id varchar not null: who ordered
-- column customer_name varchar: of who ordered; masked
-- column referrer_id varchar not null: who sent them
-- column referrer_name varchar: masked
-- column generation bigint not null: see referral_generations
-- column amount decimal(18,2) not null: signed less refunded
-- column upsold decimal(18,2) not null: upsells of the order
-- column gain decimal(18,2): margin, or revenue, see referral_returns; null for a cancelled one
with chosen as (
  select
    o.order_id as order_id,
    o.client_key as client_key,
    o.referrer_key as referrer_key,
    o.bought_on as bought_on,
    o.generation as generation,
    o.amount as amount,
    o.upsold as upsold,
    g.gain as gain
  from referral_orders o
  left join referral_gains g on g.order_id = o.order_id
  where
    o.is_cancelled = case when $only::varchar = 'cancelled' then 1 else 0 end
    and ($scope::varchar = 'whole' or o.generation = 1)
    and ($generation::bigint is null or o.generation = $generation::bigint)
),
numbered as (
  select
    c.*,
    row_number() over (order by c.bought_on, c.order_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows,
    sum(c.amount + c.upsold) over ()::decimal(18,2) as all_amount,
    coalesce(sum(c.gain) over (), 0)::decimal(18,2) as all_gain
  from chosen c
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.all_amount::decimal(18,2) as all_amount,
  n.all_gain::decimal(18,2) as all_gain,
  n.bought_on::date as bought_on,
  n.order_id::varchar as order_id,
  n.client_key::varchar as client_id,
  b.customer_name::varchar as customer_name,
  n.referrer_key::varchar as referrer_id,
  s.customer_name::varchar as referrer_name,
  n.generation::bigint as generation,
  n.amount::decimal(18,2) as amount,
  n.upsold::decimal(18,2) as upsold,
  n.gain::decimal(18,2) as gain
from numbered n
left join referral_names b on b.client_key = n.client_key
left join referral_names s on s.client_key = n.referrer_key
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
