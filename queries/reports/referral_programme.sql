-- What came of referral cards: cards out, buyers who sent somebody, and how referred leads buy beside all others.
-- A referred lead names a client who sent it; one who sent nobody but themselves counts nowhere. The odds of buying are compared
-- as they are (Gart 1966, Biometrika 53:173) and within store and quarter of the lead: Mantel & Haenszel's ratio (1959, JNCI
-- 22:719) with the variance of Robins, Breslow & Greenland (1986, Biometrics 42:311), and the difference of the rates there, each
-- stratum weighing referred × others ÷ all, with the variance of Sato (1989, Biometrics 45:1323). What a manager sees is of the own
-- stores.
-- grain: one row
-- audience: owner, manager stores, marketer
-- uses: referral_leads, referral_buyers, referral_cards
-- param as_of date default as_of: nothing later than this day is counted
-- formula sharer_rate: sharers / buyers
-- formula leads_per_sharer: sent_leads / sharers
-- formula referred_rate: referred_bought / referred_leads
-- formula other_rate: other_bought / other_leads
-- column cards bigint not null: cards handed out
-- column card_holders bigint not null: clients who were handed at least one
-- column buyers bigint not null: clients with an order, ever
-- column sharers bigint not null: of these, those who sent at least one lead
-- column sharer_rate double: sharers / buyers
-- column sharer_low double: lower end of Wilson's 95 % interval
-- column sharer_high double: upper end
-- column sent_leads bigint not null: leads that sharers sent
-- column leads_per_sharer double: sent_leads / sharers
-- column referred_leads bigint not null: leads that somebody else sent, buyer or not
-- column referred_bought bigint not null: of these, those that signed an order so far
-- column referred_rate double: referred_bought / referred_leads
-- column referred_low double: lower end of Wilson's 95 % interval
-- column referred_high double: upper end
-- column other_leads bigint not null: all other leads
-- column other_bought bigint not null: of these, those that signed an order so far
-- column other_rate double: other_bought / other_leads
-- column other_low double: lower end of Wilson's 95 % interval
-- column other_high double: upper end
-- column odds_ratio double: odds of buying when referred over those of others
-- column odds_low double: 95 % interval, lower end
-- column odds_high double: upper end
-- column adjusted_odds double: the same within store and quarter; null where these leave nothing to compare
-- column adjusted_low double: 95 % interval, lower end
-- column adjusted_high double: upper end
-- column adjusted_difference double: referred_rate less other_rate within store and quarter; null where no stratum has both
-- column difference_low double: 95 % interval, lower end, not below -1
-- column difference_high double: upper end, not above 1
with compared as (
  select
    l.journey_id as journey_id,
    l.client_key as client_key,
    l.referrer_key as referrer_key,
    coalesce(l.store, '') as store_key,
    whole(months_between(date '2000-01-01', l.began_on) / 3e0) as quarter_no,
    case when l.referrer_key is not null then 1 else 0 end as is_referred,
    case when l.order_id is not null then 1 else 0 end as has_bought
  from referral_leads l
  where l.referrer_key is null or l.referrer_key <> l.client_key
),
cells as (
  select
    c.store_key as store_key,
    c.quarter_no as quarter_no,
    sum(c.is_referred * c.has_bought)::double as a,
    sum(c.is_referred * (1 - c.has_bought))::double as b,
    sum((1 - c.is_referred) * c.has_bought)::double as c,
    sum((1 - c.is_referred) * (1 - c.has_bought))::double as d,
    count(*)::double as n
  from compared c
  group by c.store_key, c.quarter_no
),
summed as (
  select
    coalesce(sum(x.a), 0) as a,
    coalesce(sum(x.b), 0) as b,
    coalesce(sum(x.c), 0) as c,
    coalesce(sum(x.d), 0) as d,
    steady_sum(x.a * x.d / x.n) as r,
    steady_sum(x.b * x.c / x.n) as s,
    steady_sum((x.a + x.d) * x.a * x.d / (x.n * x.n)) as pr,
    steady_sum(((x.a + x.d) * x.b * x.c + (x.b + x.c) * x.a * x.d) / (x.n * x.n)) as ps_qr,
    steady_sum((x.b + x.c) * x.b * x.c / (x.n * x.n)) as qs,
    steady_sum((x.a + x.b) * (x.c + x.d) / x.n) as w,
    steady_sum((x.a * (x.c + x.d) - x.c * (x.a + x.b)) / x.n) as gaps,
    steady_sum(
      (power(x.a + x.b, 2) * x.c - power(x.c + x.d, 2) * x.a + (x.a + x.b) * (x.c + x.d) * (x.c + x.d - x.a - x.b) / 2e0) / (x.n * x.n)
    ) as p,
    steady_sum((x.a * x.d + x.c * x.b) / (2e0 * x.n)) as q
  from cells x
),
ratios as (
  select
    s.*,
    case when s.a + s.b > 0 and s.c + s.d > 0 then ln((s.a + 0.5e0) * (s.d + 0.5e0) / ((s.b + 0.5e0) * (s.c + 0.5e0))) end as log_odds,
    sqrt(1e0 / (s.a + 0.5e0) + 1e0 / (s.b + 0.5e0) + 1e0 / (s.c + 0.5e0) + 1e0 / (s.d + 0.5e0)) as error,
    case when s.r > 0 and s.s > 0 then ln(s.r / s.s) end as log_adjusted,
    case when s.r > 0 and s.s > 0
      then sqrt(s.pr / (2e0 * s.r * s.r) + s.ps_qr / (2e0 * s.r * s.s) + s.qs / (2e0 * s.s * s.s))
    end as adjusted_error,
    case when s.w > 0 then s.gaps / s.w end as difference,
    case when s.w > 0 then sqrt(greatest(s.gaps / s.w * s.p + s.q, 0e0)) / s.w end as difference_error
  from summed s
),
senders as (
  select l.referrer_key as client_key, count(*)::bigint as leads
  from compared l
  where l.referrer_key is not null
  group by l.referrer_key
),
shared as (
  select count(*)::bigint as buyers, count(s.client_key)::bigint as sharers, coalesce(sum(s.leads), 0)::bigint as leads
  from referral_buyers b
  left join senders s on s.client_key = b.client_key
),
handed as (
  select count(*)::bigint as cards, count(distinct c.client_key)::bigint as holders
  from referral_cards c
)
select
  h.cards::bigint as cards,
  h.holders::bigint as card_holders,
  q.buyers::bigint as buyers,
  q.sharers::bigint as sharers,
  safe_ratio(q.sharers, q.buyers)::double as sharer_rate,
  wilson_low(q.sharers, q.buyers)::double as sharer_low,
  wilson_high(q.sharers, q.buyers)::double as sharer_high,
  q.leads::bigint as sent_leads,
  safe_ratio(q.leads, q.sharers)::double as leads_per_sharer,
  (r.a + r.b)::bigint as referred_leads,
  r.a::bigint as referred_bought,
  safe_ratio(r.a, r.a + r.b)::double as referred_rate,
  wilson_low(r.a, r.a + r.b)::double as referred_low,
  wilson_high(r.a, r.a + r.b)::double as referred_high,
  (r.c + r.d)::bigint as other_leads,
  r.c::bigint as other_bought,
  safe_ratio(r.c, r.c + r.d)::double as other_rate,
  wilson_low(r.c, r.c + r.d)::double as other_low,
  wilson_high(r.c, r.c + r.d)::double as other_high,
  exp(r.log_odds)::double as odds_ratio,
  exp(r.log_odds - 1.959963984540054e0 * r.error)::double as odds_low,
  exp(r.log_odds + 1.959963984540054e0 * r.error)::double as odds_high,
  exp(r.log_adjusted)::double as adjusted_odds,
  exp(r.log_adjusted - 1.959963984540054e0 * r.adjusted_error)::double as adjusted_low,
  exp(r.log_adjusted + 1.959963984540054e0 * r.adjusted_error)::double as adjusted_high,
  r.difference::double as adjusted_difference,
  greatest(r.difference - 1.959963984540054e0 * r.difference_error, -1e0)::double as difference_low,
  least(r.difference + 1.959963984540054e0 * r.difference_error, 1e0)::double as difference_high
from ratios r
cross join shared q
cross join handed h
