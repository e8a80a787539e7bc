-- What the repeat transactions of each client were worth on the mean, up to a day: what the gamma–gamma model is fitted to.
-- Clients with a repeat transaction and a positive mean value of these; see client_transactions.
-- grain: client_no
-- audience: owner, manager stores
-- uses: client_transactions_until, buying_clients
-- param until date default as_of: orders after this day do not exist
-- column client_no bigint not null: number of the client, see clients
-- column x bigint not null: repeat transactions
-- column mean_value double not null: mean value of the repeat transactions, not rounded, in money
select
  b.client_no::bigint as client_no,
  b.x::bigint as x,
  safe_ratio(b.repeat_amount, b.x)::double as mean_value
from buying_clients b
where b.x > 0 and b.repeat_amount > 0
order by b.x, b.client_no
