-- How each client has bought up to a day: the first and the last day, repeat transactions and what these came to.
-- grain: client_no
-- uses: client_transactions_until, $until
with spans as (
  select t.client_no as client_no, min(t.bought_on) as first_on, max(t.bought_on) as last_on, count(*)::bigint as days
  from client_transactions_until t
  group by t.client_no
),
repeats as (
  select t.client_no as client_no, sum(t.amount)::decimal(18,2) as amount
  from client_transactions_until t
  join spans s on s.client_no = t.client_no
  where t.bought_on > s.first_on
  group by t.client_no
)
select
  s.client_no as client_no,
  s.first_on as first_on,
  s.last_on as last_on,
  (s.days - 1)::bigint as x,
  days_between(s.first_on, s.last_on)::bigint as recency_days,
  days_between(s.first_on, $until::date)::bigint as age_days,
  r.amount as repeat_amount
from spans s
left join repeats r on r.client_no = s.client_no
