-- Who sends whom: each referrer with what they brought, the level that they have reached and the next one, and their rewards.
-- Those who brought most orders come first. Names are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: referral_senders, referral_names, referral_paid, referral_due, referral_levels, $rewards, $levels
-- param as_of date default as_of: nothing later than this day is counted
-- param rewards varchar contract default [{"from_orders":1,"amount":"200.00"},{"from_orders":3,"amount":"300.00"}]: JSON list: from which order of a referrer on, how much is given for each
-- param levels varchar contract default [{"key":"standard","from_orders":0},{"key":"silver","from_orders":2},{"key":"gold","from_orders":4}]: JSON list: from which order of a referrer on the card has which level
-- param unredeemed_days bigint (0 .. 3650) default 30: due for longer is unredeemed
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all referrers, from 1
-- column all_rows bigint not null: referrers there are
-- column client_id varchar not null: who
-- column customer_name varchar: masked
-- column leads bigint not null: leads they sent
-- column orders bigint not null: referred orders that stand
-- column cancelled_orders bigint not null: referred orders that were cancelled
-- column amount decimal(18,2) not null: of these orders that stand, with upsells
-- column tree_people bigint not null: everybody below them
-- column tree_amount decimal(18,2) not null: what all of these ordered by a card, with upsells
-- column level varchar: level of the card that they have reached
-- column next_level varchar: the level after it
-- column orders_to_next bigint: orders that are missing to it
-- column rewards_given decimal(18,2) not null: given, but for cancelled orders
-- column rewards_due decimal(18,2) not null: owed and not yet given
-- column unredeemed decimal(18,2) not null: of these, for orders older than unredeemed_days
-- column paid_twice decimal(18,2) not null: of those given, for an order that had been paid for
-- column to_reclaim decimal(18,2) not null: given for orders that were cancelled
with paid as (
  select
    p.referrer_key as client_key,
    sum(case when p.standing <> 'to_reclaim' then p.amount else 0 end)::decimal(18,2) as given,
    sum(case when p.standing = 'paid_twice' then p.amount else 0 end)::decimal(18,2) as twice,
    sum(case when p.standing = 'to_reclaim' then p.amount else 0 end)::decimal(18,2) as reclaim
  from referral_paid p
  group by p.referrer_key
),
due as (
  select
    d.referrer_key as client_key,
    sum(d.amount)::decimal(18,2) as due,
    sum(case when days_between(d.bought_on, $as_of::date) > $unredeemed_days::bigint then d.amount else 0 end)::decimal(18,2) as unredeemed
  from referral_due d
  group by d.referrer_key
),
numbered as (
  select
    s.*,
    row_number() over (order by s.orders desc, s.amount desc, s.leads desc, s.client_key)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from referral_senders s
  where s.leads > 0
),
shown as (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
),
levelled as (
  select
    s.client_key as client_key,
    max(case when r.from_orders <= s.orders then r.from_orders end) as reached,
    min(case when r.from_orders > s.orders then r.from_orders end) as ahead
  from shown s
  cross join referral_levels r
  group by s.client_key
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.client_key::varchar as client_id,
  n.customer_name::varchar as customer_name,
  s.leads::bigint as leads,
  s.orders::bigint as orders,
  s.cancelled_orders::bigint as cancelled_orders,
  s.amount::decimal(18,2) as amount,
  s.tree_people::bigint as tree_people,
  s.tree_amount::decimal(18,2) as tree_amount,
  a.level::varchar as level,
  b.level::varchar as next_level,
  (l.ahead - s.orders)::bigint as orders_to_next,
  coalesce(p.given, 0)::decimal(18,2) as rewards_given,
  coalesce(d.due, 0)::decimal(18,2) as rewards_due,
  coalesce(d.unredeemed, 0)::decimal(18,2) as unredeemed,
  coalesce(p.twice, 0)::decimal(18,2) as paid_twice,
  coalesce(p.reclaim, 0)::decimal(18,2) as to_reclaim
from shown s
left join levelled l on l.client_key = s.client_key
left join referral_levels a on a.from_orders = l.reached
left join referral_levels b on b.from_orders = l.ahead
left join paid p on p.client_key = s.client_key
left join due d on d.client_key = s.client_key
left join referral_names n on n.client_key = s.client_key
order by s.row_no
