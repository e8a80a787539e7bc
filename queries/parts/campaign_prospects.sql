-- How many orders are still to come from the open leads of each campaign, and how much of what its leads will ever bring has had its time.
-- An open lead of age a still orders with the probability (F(H) - F(a)) / (1 - F(a) - G(a)), F and G being the incidences of orders
-- and of losses: of its channel, where 30 of its leads have been seen for 90 days, else of all leads. ripe is the mean of F(a) / F(H).
-- grain: campaign
-- uses: campaign_people, forecast_curves
with curves as materialized (
  select c.day_no as series_no, c.segment as segment, c.age as age, c.horizon_days as horizon_days, c.incidence as incidence, c.open_share as open_share
  from forecast_curves c
),
horizons as materialized (
  select c.series_no as series_no, c.segment as segment, max(c.horizon_days) as horizon_days, max(c.incidence) as incidence
  from curves c
  group by c.series_no, c.segment
),
members as (
  select
    p.campaign as campaign,
    coalesce(p.channel, '') as channel,
    greatest(days_between(p.began_on, p.known_until), 0) as age,
    (1 - p.is_bought) * (1 - p.is_lost) as is_open
  from campaign_people p
  where p.kind = 'lead' and p.has_4 = 1
),
alike as (
  select m.campaign as campaign, m.channel as channel, m.age as age, m.is_open as is_open, count(*)::bigint as people
  from members m
  group by m.campaign, m.channel, m.age, m.is_open
),
placed as (
  select
    a.*,
    case when h.horizon_days >= 90 then 1 else 0 end as series_no,
    case when h.horizon_days >= 90 then a.channel else 'all' end as segment
  from alike a
  left join horizons h on h.series_no = 1 and h.segment = a.channel
),
chances as (
  select
    p.campaign as campaign,
    p.people as people,
    p.is_open as is_open,
    h.horizon_days as horizon_days,
    case when p.age >= h.horizon_days then 0e0 else least(coalesce(safe_ratio(h.incidence - c.incidence, c.open_share), 0e0), 1e0) end as chance,
    case when p.age >= h.horizon_days then 1e0 else safe_ratio(c.incidence, h.incidence) end as ripe
  from placed p
  left join horizons h on h.series_no = p.series_no and h.segment = p.segment
  left join curves c on c.series_no = p.series_no and c.segment = p.segment and c.age = p.age
)
select
  c.campaign as campaign,
  sum(c.people * c.is_open)::bigint as open,
  case when count(c.horizon_days) = count(*) then steady_sum(c.people * c.is_open * c.chance) end as coming,
  case when count(c.horizon_days) = count(*) then safe_ratio(steady_sum(c.people * coalesce(c.ripe, 1e0)), sum(c.people)) end as ripe
from chances c
group by c.campaign
