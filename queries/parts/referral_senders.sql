-- What each referrer brought, and everybody below them.
-- grain: client_key
-- uses: referral_places, referral_leads, referral_orders, referral_above
with sent as (
  select l.referrer_key as client_key, count(*)::bigint as leads
  from referral_leads l
  where l.referrer_key <> l.client_key
  group by l.referrer_key
),
brought as (
  select
    o.referrer_key as client_key,
    sum(1 - o.is_cancelled)::bigint as orders,
    sum(o.is_cancelled)::bigint as cancelled_orders,
    sum(case when o.is_cancelled = 0 then o.amount + o.upsold else 0 end)::decimal(18,2) as amount
  from referral_orders o
  group by o.referrer_key
),
ordered as (
  select o.client_key as client_key, sum(o.amount + o.upsold)::decimal(18,2) as amount
  from referral_orders o
  where o.is_cancelled = 0
  group by o.client_key
),
below as (
  select a.above_key as client_key, count(*)::bigint as people, coalesce(sum(o.amount), 0)::decimal(18,2) as amount
  from referral_above a
  left join ordered o on o.client_key = a.client_key
  group by a.above_key
)
select
  p.client_key as client_key,
  p.parent_key as parent_key,
  p.generation as generation,
  coalesce(s.leads, 0) as leads,
  coalesce(b.orders, 0) as orders,
  coalesce(b.cancelled_orders, 0) as cancelled_orders,
  coalesce(b.amount, 0)::decimal(18,2) as amount,
  coalesce(t.people, 0) as tree_people,
  coalesce(t.amount, 0)::decimal(18,2) as tree_amount
from referral_places p
left join sent s on s.client_key = p.client_key
left join brought b on b.client_key = p.client_key
left join below t on t.client_key = p.client_key
