-- Thresholds of the referral programme: which one each referrer has reached by the referred orders that stand, how many more the
-- next one takes, and whether their card follows. Cancelled orders count for nothing, however often they were rewarded.
-- Who is nearest to the next threshold comes first. Names are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: referral_senders, referral_names, referral_cards, referral_paid, referral_due, referral_levels, $rewards, $levels
-- param as_of date default as_of: nothing later than this day is counted
-- param rewards varchar contract default [{"from_orders":1,"amount":"200.00"},{"from_orders":3,"amount":"300.00"}]: JSON list: from which order of a referrer on, how much is given for each
-- param levels varchar contract default [{"key":"standard","from_orders":0},{"key":"silver","from_orders":2},{"key":"gold","from_orders":4}]: JSON list: from which order of a referrer on the card has which level
-- param part varchar (all | next | upgrade) default all: of them, those with a threshold ahead (next) or whose card is still below the level that they have reached (upgrade)
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column client_id varchar not null: who
-- column customer_name varchar: masked
-- column orders bigint not null: referred orders that stand
-- column cancelled_orders bigint not null: referred orders that were cancelled
-- column level varchar: level that these orders have reached; null below the lowest
-- column next_level varchar: the level after it
-- column orders_to_next bigint: further orders that it takes
-- column card_level varchar: highest level of the programme on a card of theirs; null where no card has one
-- column upgrade_due boolean: that card is below the level reached; null where no card has a level
-- column next_reward decimal(18,2) not null: what their next referred order earns them
-- column better_reward decimal(18,2): what an order earns from the next threshold of rewards on
-- column orders_to_better bigint: further orders until one earns that
-- column rewards_due decimal(18,2) not null: owed and not yet given
-- column paid_twice decimal(18,2) not null: given again for an order that had been paid for
-- column to_reclaim decimal(18,2) not null: given for orders that were cancelled
with rates as (
  select to_whole(attribute(r.rule, 'from_orders')) as from_orders, max(to_money(attribute(r.rule, 'amount'))) as amount
  from (select unnest(json_items(coalesce($rewards::varchar, '[]'))) as rule) r
  group by 1
),
paid as (
  select
    p.referrer_key as client_key,
    sum(case when p.standing = 'paid_twice' then p.amount else 0 end)::decimal(18,2) as twice,
    sum(case when p.standing = 'to_reclaim' then p.amount else 0 end)::decimal(18,2) as reclaim
  from referral_paid p
  group by p.referrer_key
),
due as (
  select d.referrer_key as client_key, sum(d.amount)::decimal(18,2) as amount
  from referral_due d
  group by d.referrer_key
),
counts as (
  select distinct s.orders as orders
  from referral_senders s
  where s.leads > 0
),
placed as (
  select
    c.orders as orders,
    max(case when l.from_orders <= c.orders then l.from_orders end) as reached,
    min(case when l.from_orders > c.orders then l.from_orders end) as ahead
  from counts c
  cross join referral_levels l
  group by c.orders
),
earning as (
  select
    c.orders as orders,
    max(case when r.from_orders <= c.orders + 1 then r.from_orders end) as present,
    min(case when r.from_orders > c.orders + 1 then r.from_orders end) as ahead
  from counts c
  cross join rates r
  group by c.orders
),
held as (
  select c.client_key as client_key, max(l.from_orders) as from_orders
  from referral_cards c
  join referral_levels l on l.level = c.level
  group by c.client_key
),
judged as (
  select
    s.client_key as client_key,
    s.orders as orders,
    s.cancelled_orders as cancelled_orders,
    p.reached as reached,
    p.ahead as ahead,
    h.from_orders as held,
    case when h.from_orders is not null then coalesce(h.from_orders < p.reached, false) end as upgrade_due
  from referral_senders s
  left join placed p on p.orders = s.orders
  left join held h on h.client_key = s.client_key
  where s.leads > 0
),
numbered as (
  select
    j.*,
    row_number() over (order by j.ahead - j.orders nulls last, j.ahead desc, j.orders desc, j.client_key)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from judged j
  where
    $part::varchar = 'all'
    or $part::varchar = 'next' and j.ahead is not null
    or $part::varchar = 'upgrade' and coalesce(j.upgrade_due, false)
),
shown as (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.client_key::varchar as client_id,
  n.customer_name::varchar as customer_name,
  s.orders::bigint as orders,
  s.cancelled_orders::bigint as cancelled_orders,
  a.level::varchar as level,
  b.level::varchar as next_level,
  (s.ahead - s.orders)::bigint as orders_to_next,
  c.level::varchar as card_level,
  s.upgrade_due::boolean as upgrade_due,
  coalesce(r.amount, 0)::decimal(18,2) as next_reward,
  f.amount::decimal(18,2) as better_reward,
  (e.ahead - s.orders)::bigint as orders_to_better,
  coalesce(d.amount, 0)::decimal(18,2) as rewards_due,
  coalesce(p.twice, 0)::decimal(18,2) as paid_twice,
  coalesce(p.reclaim, 0)::decimal(18,2) as to_reclaim
from shown s
left join referral_levels a on a.from_orders = s.reached
left join referral_levels b on b.from_orders = s.ahead
left join referral_levels c on c.from_orders = s.held
left join earning e on e.orders = s.orders
left join rates r on r.from_orders = e.present
left join rates f on f.from_orders = e.ahead
left join due d on d.client_key = s.client_key
left join paid p on p.client_key = s.client_key
left join referral_names n on n.client_key = s.client_key
order by s.row_no
