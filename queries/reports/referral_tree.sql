-- A referral tree to walk: one person, who stands above them up to the top, and who below, as far down as asked.
-- Names are masked. Without a person, the one on top of the largest tree.
-- grain: client_id
-- audience: owner, manager stores
-- uses: referral_senders, referral_above, referral_names
-- param as_of date default as_of: nothing later than this day is counted
-- param who varchar optional: whose tree, as client_id
-- param depth bigint (1 .. 900) default 3: generations below
-- column step bigint not null: 0 the person, below them 1, 2 …, above them -1, -2 …
-- column client_id varchar not null: who
-- column parent_id varchar: who sent them
-- column customer_name varchar: masked
-- column generation bigint not null: see referral_generations
-- column leads bigint not null: leads they sent
-- column orders bigint not null: referred orders of these that stand
-- column amount decimal(18,2) not null: of these orders, with upsells
-- column tree_people bigint not null: everybody below them
-- column tree_amount decimal(18,2) not null: what all of these ordered by a card, with upsells
with chosen as (
  select s.client_key as client_key
  from referral_senders s
  where case when $who::varchar is null then s.generation = 0 else s.client_key = $who::varchar end
  qualify row_number() over (order by s.tree_people desc, s.client_key) = 1
),
stepped as (
  select 0::bigint as step, c.client_key as client_key
  from chosen c
  union all
  select a.steps as step, a.client_key as client_key
  from referral_above a
  join chosen c on c.client_key = a.above_key
  where a.steps <= $depth::bigint
  union all
  select -a.steps as step, a.above_key as client_key
  from referral_above a
  join chosen c on c.client_key = a.client_key
)
select
  t.step::bigint as step,
  s.client_key::varchar as client_id,
  s.parent_key::varchar as parent_id,
  n.customer_name::varchar as customer_name,
  s.generation::bigint as generation,
  s.leads::bigint as leads,
  s.orders::bigint as orders,
  s.amount::decimal(18,2) as amount,
  s.tree_people::bigint as tree_people,
  s.tree_amount::decimal(18,2) as tree_amount
from stepped t
join referral_senders s on s.client_key = t.client_key
left join referral_names n on n.client_key = s.client_key
order by t.step, s.tree_people desc, s.client_key
