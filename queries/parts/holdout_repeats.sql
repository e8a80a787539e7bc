-- Repeat transactions of the clients who had bought by a day, those after it included.
-- What is a transaction: see client_transactions_until.
-- grain: client_no, bought_on
-- uses: $until, $as_of
with days as (
  select a.client_no as client_no, a.happened_on as bought_on
  from client_acts a
  where a.kind = 'order' and a.happened_on <= $as_of::date and substring(a.client_id, 1, 2) <> 'O:'
  group by a.client_no, a.happened_on
),
firsts as (
  select d.client_no as client_no, min(d.bought_on) as first_on
  from days d
  group by d.client_no
)
select d.client_no as client_no, d.bought_on as bought_on, days_between($until::date, d.bought_on)::bigint as days_after
from days d
join firsts f on f.client_no = d.client_no
where f.first_on <= $until::date and d.bought_on > f.first_on
