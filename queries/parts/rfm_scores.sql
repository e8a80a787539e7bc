-- Recency, frequency and money of each client who has bought by as_of, and a score from 1 to 5 of each.
-- A score is 1 + the whole part of 5 × the clients who are worse ÷ all clients. Equal values have equal scores, however the
-- clients are ordered; where many are equal, some scores have nobody.
-- grain: client_no
-- uses: sold_clients, client_sales, $as_of
with bought as (
  select
    s.client_no as client_no,
    max(case when s.kind = 'order' then s.happened_on end) as last_on,
    sum((s.kind = 'order')::int)::bigint as orders,
    sum(s.amount)::decimal(18,2) as revenue
  from client_sales s
  group by s.client_no
),
ranked as (
  select
    k.client_no as client_no,
    k.client_id as client_id,
    k.journey_id as journey_id,
    k.segment as segment,
    b.last_on as last_on,
    b.orders as orders,
    b.revenue as revenue,
    rank() over (order by b.last_on) - 1 as worse_recency,
    rank() over (order by b.orders) - 1 as worse_orders,
    rank() over (order by b.revenue) - 1 as worse_revenue,
    count(*) over () as all_clients
  from sold_clients k
  join bought b on b.client_no = k.client_no
  where b.orders > 0
)
select
  r.client_no as client_no,
  r.client_id as client_id,
  r.journey_id as journey_id,
  r.segment as segment,
  r.last_on as last_on,
  days_between(r.last_on, $as_of::date)::bigint as recency_days,
  r.orders as orders,
  r.revenue as revenue,
  1 + whole(safe_ratio(5 * r.worse_recency, r.all_clients)) as recency_score,
  1 + whole(safe_ratio(5 * r.worse_orders, r.all_clients)) as frequency_score,
  1 + whole(safe_ratio(5 * r.worse_revenue, r.all_clients)) as monetary_score
from ranked r
