-- What each client may still bring in the 12 months after a day, those who may bring most first.
-- From the models of customer_value_fit, fitted to all clients that the asker may see, and the client's own history: P(alive)
-- (Fader, Hardie & Lee 2008), expected orders (2005, equation 10) and, times the expected value of an order (Fader & Hardie 2013,
-- equation 5), expected value. 12 months are 365 days. What is expected is a mean over many such clients; intervals of 95 % cover
-- how well the parameters are known (delta method on the logarithm, from the fitted covariance, the two models independent), not how
-- much more or less a single client may do. Where a model has no fit what rests on it is empty, with the reason; without any
-- the clients stand in the order of their numbers. What is counted as a transaction: see client_transactions.
-- grain: row_no
-- audience: owner, manager stores
-- uses: client_transactions_until, buying_clients
-- fed: buying_histories, repeat_means
-- fit: valueModels
-- finish: clientsWorth
-- engine: duckdb, because its rows are finished by a fit; what is fitted is asked of both
-- param until date default as_of: orders after this day do not exist
-- param unit varchar (day | week | month) default week: unit of time: days ÷ 1, ÷ 7 or ÷ 30.4375
-- param client_id varchar optional: only this client; the models are fitted to all the same
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column client_id varchar not null: C:customer_id, else the journey that they are known by
-- column customer_id varchar: number of the customer
-- column customer_name varchar: masked
-- column orders bigint not null: transactions up to the day
-- column last_on date not null: business day of the last one
-- column recency double not null: from the first order's day to the last one's, in units
-- column age double not null: from the first order's day to until, in units
-- column repeat_mean double: mean value of the repeat transactions, in money; null without any
-- column alive double: probability that the client still comes, 0 to 1
-- column expected_orders double: transactions expected in 12 months
-- column orders_low double: lower end of its 95 % interval
-- column orders_high double: upper end
-- column expected_value decimal(18,2): value expected in 12 months
-- column value_low decimal(18,2): lower end of its 95 % interval
-- column value_high decimal(18,2): upper end
-- column reason varchar: why something is empty: too_few or no_highest_point
with known as (
  select c.client_no as client_no, c.client_id as client_id
  from clients c
  where $client_id::varchar is null or c.client_id = $client_id::varchar
)
select
  1::bigint as row_no,
  count(*) over ()::bigint as all_rows,
  k.client_id::varchar as client_id,
  (case when k.client_id like 'C:%' then substring(k.client_id, 3) end)::varchar as customer_id,
  masked_name(coalesce(u.name, l.customer_name))::varchar as customer_name,
  (b.x + 1)::bigint as orders,
  b.last_on::date as last_on,
  (b.recency_days / case $unit::varchar when 'day' then 1e0 when 'week' then 7e0 else 30.4375e0 end)::double as recency,
  (b.age_days / case $unit::varchar when 'day' then 1e0 when 'week' then 7e0 else 30.4375e0 end)::double as age,
  safe_ratio(b.repeat_amount, nullif(b.x, 0))::double as repeat_mean,
  null::double as alive,
  null::double as expected_orders,
  null::double as orders_low,
  null::double as orders_high,
  null::decimal(18,2) as expected_value,
  null::decimal(18,2) as value_low,
  null::decimal(18,2) as value_high,
  null::varchar as reason
from buying_clients b
join known k on k.client_no = b.client_no
left join clients c on c.client_id = k.client_id
left join exports.customers u on 'C:' || u.customer_id = k.client_id
left join exports.leads l on 'L:' || l.lead_id = coalesce(c.first_journey_id, k.client_id)
-- Pages are cut once it is known who may bring most.
where $limit::bigint > 0 and $offset::bigint >= 0
order by k.client_id
