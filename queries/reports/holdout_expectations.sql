-- Would the model have foretold whose clients come back? Orders after a day, by how often they had come back up to it.
-- BG/NBD is fitted to what was known on a day (until); for each client equation 10 of Fader, Hardie & Lee 2005 says what was to be
-- expected from the day after to as_of. Whoever had come back seven times or oftener is one group. What is counted as a
-- transaction: see client_transactions.
-- grain: times_back
-- audience: owner, manager stores
-- uses: client_transactions_until, buying_clients, holdout_repeats
-- fed: buying_histories
-- finish: laterOrders
-- engine: duckdb, because its rows are finished by a fit; what is fitted is asked of both
-- param until date: last day that the model knows
-- param as_of date default as_of: last day that is compared
-- param unit varchar (day | week | month) default week: unit of time of the model: days ÷ 1, ÷ 7 or ÷ 30.4375
-- formula orders_per_client: later_orders / clients
-- column times_back bigint not null: repeat transactions up to the day; 7 is seven and more
-- column clients bigint not null: clients who had come back so often
-- column later_orders bigint not null: their transactions after the day
-- column orders_per_client double not null: later_orders / clients
-- column expected_orders double: transactions expected of them
-- column expected_per_client double: the same per client
-- column unit varchar not null: unit of time of the model
-- column reason varchar: why nothing is expected: too_few or no_highest_point
with later as (
  select h.client_no as client_no, count(*)::bigint as orders
  from holdout_repeats h
  where h.days_after > 0
  group by h.client_no
)
select
  least(b.x, 7)::bigint as times_back,
  count(*)::bigint as clients,
  coalesce(sum(l.orders), 0)::bigint as later_orders,
  safe_ratio(coalesce(sum(l.orders), 0), count(*))::double as orders_per_client,
  null::double as expected_orders,
  null::double as expected_per_client,
  $unit::varchar as unit,
  null::varchar as reason
from buying_clients b
left join later l on l.client_no = b.client_no
group by least(b.x, 7)
order by least(b.x, 7)
