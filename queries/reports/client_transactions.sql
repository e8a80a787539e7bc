-- How each client has bought up to a day: repeat transactions, how long after the first the last came, how long they are known.
-- Orders of one client on one day are one transaction; x is transactions less the first. Every order that was signed counts, with
-- the amount that was signed, also one that was cancelled later; orders after the day do not exist. Clients are those of the model
-- clients; an order that names neither a customer nor a lead is left out, for nobody could be seen to come back.
-- grain: client_no
-- audience: owner, manager stores
-- uses: client_transactions_until, buying_clients
-- param until date default as_of: orders after this day do not exist
-- param unit varchar (day | week | month) default week: in what t_x and age are told: days ÷ 1, ÷ 7 or ÷ 30.4375
-- column client_no bigint not null: number of the client, see clients
-- column first_on date not null: business day of the first order
-- column last_on date not null: business day of the last one
-- column x bigint not null: repeat transactions
-- column t_x double not null: from the first order's day to the last one's, in units
-- column age double not null: T: from the first order's day to until, in units
-- column mean_amount decimal(18,2): mean value of the repeat transactions, rounded; null without any
select
  b.client_no::bigint as client_no,
  b.first_on::date as first_on,
  b.last_on::date as last_on,
  b.x::bigint as x,
  (b.recency_days / case $unit::varchar when 'day' then 1e0 when 'week' then 7e0 else 30.4375e0 end)::double as t_x,
  (b.age_days / case $unit::varchar when 'day' then 1e0 when 'week' then 7e0 else 30.4375e0 end)::double as age,
  (case when b.x > 0 then money_per(b.repeat_amount, b.x) end)::decimal(18,2) as mean_amount
from buying_clients b
order by b.client_no
