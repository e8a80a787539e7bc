-- Rewards one by one: due, unredeemed (due for long), paid twice for one order, and to reclaim because the order was cancelled.
-- The oldest comes first. Names are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: referral_paid, referral_due, referral_names, $rewards
-- param as_of date default as_of: nothing later than this day is counted
-- param rewards varchar contract default [{"from_orders":1,"amount":"200.00"},{"from_orders":3,"amount":"300.00"}]: JSON list: from which order of a referrer on, how much is given for each
-- param unredeemed_days bigint (0 .. 3650) default 30: due for longer is unredeemed
-- param part varchar (all | due | unredeemed | paid_twice | to_reclaim) default all: which of them; due without the unredeemed
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column all_amount decimal(18,2) not null: sum of amount on all pages
-- column standing varchar not null: due, unredeemed, paid_twice or to_reclaim
-- column happened_on date not null: day of the order while it is due, else of the reward
-- column client_id varchar: who it is for
-- column customer_name varchar: masked
-- column order_id varchar: the referred order
-- column amount decimal(18,2) not null: of the reward
with listed as (
  select
    case when days_between(d.bought_on, $as_of::date) > $unredeemed_days::bigint then 'unredeemed' else 'due' end as standing,
    d.bought_on as happened_on, d.referrer_key as client_key, d.order_id as order_id, d.amount as amount, '' as reward_id
  from referral_due d
  union all
  select p.standing as standing, p.given_on as happened_on, p.referrer_key as client_key, p.order_id as order_id, p.amount as amount, p.reward_id as reward_id
  from referral_paid p
  where p.standing in ('paid_twice', 'to_reclaim')
),
numbered as (
  select
    l.*,
    row_number() over (order by l.happened_on, l.order_id, l.reward_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows,
    sum(l.amount) over ()::decimal(18,2) as all_amount
  from listed l
  where $part::varchar = 'all' or l.standing = $part::varchar
)
select
  x.row_no::bigint as row_no,
  x.all_rows::bigint as all_rows,
  x.all_amount::decimal(18,2) as all_amount,
  x.standing::varchar as standing,
  x.happened_on::date as happened_on,
  x.client_key::varchar as client_id,
  n.customer_name::varchar as customer_name,
  x.order_id::varchar as order_id,
  x.amount::decimal(18,2) as amount
from numbered x
left join referral_names n on n.client_key = x.client_key
where x.row_no > $offset::bigint and x.row_no <= $offset::bigint + $limit::bigint
order by x.row_no
