-- Recency, frequency and money: clients who have bought, by how long ago they last ordered and how often, and what they brought.
-- Each client is scored from 1 to 5 against all others: 1 + the whole part of 5 × the clients who are worse (ordered longer ago,
-- less often, brought less) ÷ all clients. Equal values have equal scores, so a score may have nobody. Orders signed count, also
-- cancelled ones; revenue is signed and upsold less what was cancelled or refunded by as_of. Whose order names nobody is left out.
-- grain: segment, recency_score, frequency_score
-- audience: owner, manager stores
-- uses: rfm_scores
-- param as_of date default as_of: the day; nothing later is counted
-- param by varchar optional segment: field of the first journey whose values split the rows; scores stay those among all
-- param where varchar[] filters: entries field=value, of the first journey; scores are among the clients that are left
-- rows clients: rfm_clients
-- formula share: clients / all_clients
-- formula revenue_share: revenue / all_revenue
-- column segment varchar: value of the segment, all without one, null where missing
-- column recency_score bigint not null: 1 ordered longest ago to 5 last
-- column frequency_score bigint not null: 1 ordered least often to 5 most
-- column clients bigint not null: clients of these scores
-- column all_clients bigint not null: clients of all scores in the segment
-- column share double: clients / all_clients; null when that is 0
-- column revenue decimal(18,2) not null: what they brought
-- column all_revenue decimal(18,2) not null: what all brought
-- column revenue_share double: revenue / all_revenue; null when that is 0
-- column revenue_per_client decimal(18,2): revenue / clients; null without clients
-- column monetary_score double: mean score of money; null without clients
-- column days_least bigint: days since the last order, least of them
-- column days_most bigint: and most
-- column orders_least bigint: orders, least of them
-- column orders_most bigint: and most
with scored as materialized (
  select * from rfm_scores
),
totals as (
  select s.segment as segment, count(*)::bigint as clients, sum(s.revenue)::decimal(18,2) as revenue
  from scored s
  group by s.segment
),
counted as (
  select
    s.segment as segment,
    s.recency_score as recency_score,
    s.frequency_score as frequency_score,
    count(*)::bigint as clients,
    sum(s.revenue)::decimal(18,2) as revenue,
    sum(s.monetary_score)::bigint as monetary,
    min(s.recency_days)::bigint as days_least,
    max(s.recency_days)::bigint as days_most,
    min(s.orders)::bigint as orders_least,
    max(s.orders)::bigint as orders_most
  from scored s
  group by s.segment, s.recency_score, s.frequency_score
)
select
  t.segment::varchar as segment,
  r.score::bigint as recency_score,
  f.score::bigint as frequency_score,
  coalesce(c.clients, 0)::bigint as clients,
  t.clients::bigint as all_clients,
  safe_ratio(coalesce(c.clients, 0), t.clients)::double as share,
  coalesce(c.revenue, 0)::decimal(18,2) as revenue,
  t.revenue::decimal(18,2) as all_revenue,
  safe_ratio(coalesce(c.revenue, 0), t.revenue)::double as revenue_share,
  (case when c.clients > 0 then money_per(c.revenue, c.clients) end)::decimal(18,2) as revenue_per_client,
  safe_ratio(c.monetary, c.clients)::double as monetary_score,
  c.days_least::bigint as days_least,
  c.days_most::bigint as days_most,
  c.orders_least::bigint as orders_least,
  c.orders_most::bigint as orders_most
from totals t
cross join (values (1), (2), (3), (4), (5)) r(score)
cross join (values (1), (2), (3), (4), (5)) f(score)
left join counted c on c.segment is not distinct from t.segment and c.recency_score = r.score and c.frequency_score = f.score
order by t.segment nulls last, r.score, f.score
