-- How many days after their first order buyers brought their first buyer; who has not yet is censored at as_of.
-- grain: series_no, segment, age, reached
-- uses: referral_buyers, referral_brought, $as_of
with waits as (
  select b.client_key as client_key, b.bought_on as bought_on, min(r.ordered_on) as ordered_on
  from referral_buyers b
  left join referral_brought r on r.referrer_key = b.client_key and r.ordered_on >= b.bought_on
  group by b.client_key, b.bought_on
)
select
  0::bigint as series_no,
  'all'::varchar as segment,
  days_between(w.bought_on, coalesce(w.ordered_on, $as_of::date)) as age,
  case when w.ordered_on is not null then 1 else 0 end as reached,
  0::int as lost,
  count(*)::bigint as people
from waits w
group by 1, 2, 3, 4, 5
