-- How many clients have bought alike up to a day: what the BG/NBD model is fitted to.
-- The same as client_transactions, clients of equal history together.
-- grain: x, t_x, age
-- audience: owner, manager stores
-- uses: client_transactions_until, buying_clients
-- param until date default as_of: orders after this day do not exist
-- param unit varchar (day | week | month) default week: in what t_x and age are told: days ÷ 1, ÷ 7 or ÷ 30.4375
-- column x bigint not null: repeat transactions
-- column t_x double not null: from the first order's day to the last one's, in units
-- column age double not null: T: from the first order's day to until, in units
-- column people bigint not null: clients who have bought so
with alike as (
  select b.x as x, b.recency_days as recency_days, b.age_days as age_days, count(*)::bigint as people
  from buying_clients b
  group by b.x, b.recency_days, b.age_days
)
select
  a.x::bigint as x,
  (a.recency_days / case $unit::varchar when 'day' then 1e0 when 'week' then 7e0 else 30.4375e0 end)::double as t_x,
  (a.age_days / case $unit::varchar when 'day' then 1e0 when 'week' then 7e0 else 30.4375e0 end)::double as age,
  a.people::bigint as people
from alike a
order by a.x, a.recency_days, a.age_days
