-- How many buyers a buyer brings within some days of the first order: K, and how buyers spread around it.
-- Of buyers whose first order is at least that old at as_of: the buyers they brought, each counted for who sent them first, whose
-- order by that card came within as many days. An order that was cancelled later counts, as it does among the bought. Where
-- there are cards, K is cards per buyer times leads per card times their conversion, of the same buyers and days. The interval is
-- a bootstrap over the buyers who send (Efron & Tibshirani 1993, An Introduction to the Bootstrap).
-- grain: brought
-- audience: owner, manager stores, marketer
-- uses: referral_buyers, referral_brought, referral_leads, referral_cards
-- finish: reproductionIntervals
-- param as_of date default as_of: nothing later than this day is counted
-- param window_days bigint (1 .. 3650) default 180: within how many days of the first order
-- formula k: all_brought / buyers
-- column brought bigint not null: buyers that one buyer brought in time
-- column people bigint not null: buyers who brought as many
-- column buyers bigint not null: all buyers whose first order is old enough
-- column all_brought bigint not null: buyers that they brought in time
-- column cards bigint not null: cards that they were handed in time
-- column leads bigint not null: leads that they sent in time
-- column cards_per_buyer double: null without cards
-- column leads_per_card double: null without cards
-- column conversion double: all_brought / leads; null without cards
-- column k double: all_brought / buyers
-- column k_low double: lower end of the 95 % interval
-- column k_high double: upper end
with old_enough as (
  select b.client_key as client_key, b.bought_on as bought_on
  from referral_buyers b
  where days_between(b.bought_on, $as_of::date) >= $window_days::bigint
),
bringing as (
  select o.client_key as client_key, count(r.client_key)::bigint as brought
  from old_enough o
  left join referral_brought r
    on r.referrer_key = o.client_key and r.ordered_on >= o.bought_on and days_between(o.bought_on, r.ordered_on) <= $window_days::bigint
  group by o.client_key
),
handed as (
  select count(*)::bigint as cards
  from referral_cards c
  join old_enough o on o.client_key = c.client_key
  where days_between(o.bought_on, c.issued_on) <= $window_days::bigint
),
sent as (
  select count(*)::bigint as leads
  from referral_leads l
  join old_enough o on o.client_key = l.referrer_key
  where l.client_key <> l.referrer_key and days_between(o.bought_on, l.began_on) <= $window_days::bigint
),
summed as (
  select count(*)::bigint as buyers, coalesce(sum(b.brought), 0)::bigint as brought from bringing b
)
select
  b.brought::bigint as brought,
  count(*)::bigint as people,
  min(s.buyers)::bigint as buyers,
  min(s.brought)::bigint as all_brought,
  min(h.cards)::bigint as cards,
  min(t.leads)::bigint as leads,
  case when min(h.cards) > 0 then safe_ratio(min(h.cards), min(s.buyers)) end::double as cards_per_buyer,
  safe_ratio(min(t.leads), min(h.cards))::double as leads_per_card,
  case when min(h.cards) > 0 then safe_ratio(min(s.brought), min(t.leads)) end::double as conversion,
  safe_ratio(min(s.brought), min(s.buyers))::double as k,
  null::double as k_low,
  null::double as k_high
from bringing b
cross join summed s
cross join handed h
cross join sent t
group by b.brought
order by b.brought
