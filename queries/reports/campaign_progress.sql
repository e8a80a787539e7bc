-- How each campaign went, day by day or week by week, and what has come together so far.
-- Leads are the journeys begun in the period; their visits, orders and money stand on the day on which they came, up to as_of, so that
-- they go on after the campaign's last day. Money is signed, with upsells, less what was taken back. Costs and people reached are those of
-- its daily figures. To whoever may not see single persons people are told to the nearest five, and no money that they brought.
-- grain: campaign, starts_on
-- audience: owner, marketer
-- crowd: begun
-- param from date default first_day: first business day, inclusive, of leads and daily figures
-- param to date default as_of: last business day of these
-- param as_of date default as_of: nothing later than this day is known
-- param by varchar (campaign) default campaign: whose rows these are
-- param campaign varchar optional: only the campaign of this number
-- param every varchar (day | week) default week: how long a row is
-- formula cost_per_lead: spend_so_far / leads_so_far
-- formula cost_per_order: spend_so_far / orders_so_far
-- column campaign varchar: campaign_id; null without one
-- column starts_on date not null: the day, or the week's Monday
-- column ends_on date not null: its last day
-- column complete boolean not null: it had ended on as_of
-- column aware bigint: people reached in it; null without daily figures
-- column spend decimal(18,2): cost in it; null without daily costs
-- column leads bigint not null: leads begun in it
-- column visits bigint not null: of the period's leads, those who came first in it
-- column orders bigint not null: of these, those who ordered first in it
-- column revenue decimal(18,2): what they brought in it
-- column aware_so_far bigint: people reached up to its end
-- column spend_so_far decimal(18,2): cost up to its end
-- column leads_so_far bigint not null: leads up to its end
-- column visits_so_far bigint not null: visits up to its end
-- column orders_so_far bigint not null: orders up to its end
-- column revenue_so_far decimal(18,2): what they had brought by its end
-- column cost_per_lead double: spend_so_far / leads_so_far
-- column cost_per_order double: spend_so_far / orders_so_far
with people as materialized (
  select j.journey_id as journey_id, j.campaign as campaign, j.began_on as began_on, j.active_on as active_on, j.bought_on as bought_on
  from begun_journeys j
  where j.began_on between $from::date and least($to::date, $as_of::date)
),
facts as (
  select d.campaign_id as campaign, d.date as day, d.aware as aware, d.cost as spend, 0 as leads, 0 as visits, 0 as orders, 0::decimal(18,2) as revenue
  from exports.campaign_days d
  where d.date <= d.imported_on and d.date between $from::date and least($to::date, $as_of::date)
  union all
  select p.campaign, p.began_on, null::bigint, null::decimal(18,2), 1, 0, 0, 0::decimal(18,2)
  from people p
  union all
  select p.campaign, p.active_on, null::bigint, null::decimal(18,2), 0, 1, 0, 0::decimal(18,2)
  from people p
  where p.active_on <= $as_of::date
  union all
  select p.campaign, p.bought_on, null::bigint, null::decimal(18,2), 0, 0, 1, 0::decimal(18,2)
  from people p
  where p.bought_on <= $as_of::date
  union all
  select p.campaign, e.happened_on, null::bigint, null::decimal(18,2), 0, 0, 0, e.amount
  from money_entries e
  join people p on p.journey_id = e.journey_id
  where e.kind in ('first_order', 'repeat_order', 'taken_back', 'upsell') and e.happened_on <= $as_of::date
),
placed as materialized (
  select
    shown_segment($viewer_shown::varchar[], case when $by::varchar = 'campaign' then f.campaign end) as campaign,
    (case $every::varchar when 'day' then f.day else week_start(f.day) end)::date as starts_on,
    f.aware as aware,
    f.spend as spend,
    f.leads as leads,
    f.visits as visits,
    f.orders as orders,
    f.revenue as revenue
  from facts f
),
chosen as materialized (
  select p.*
  from placed p
  where $campaign::varchar is null or p.campaign = $campaign::varchar
),
spans as (
  select c.campaign as campaign, min(c.starts_on) as first_on, max(c.starts_on) as last_on, count(c.aware) as has_aware, count(c.spend) as has_spend
  from chosen c
  group by c.campaign
),
spine as (
  select s.campaign as campaign, add_days(s.first_on, case $every::varchar when 'day' then g.generate_series::bigint else 7 * g.generate_series::bigint end) as starts_on, s.has_aware as has_aware, s.has_spend as has_spend
  from spans s
  cross join generate_series(0, 7320) g
  where g.generate_series::bigint * case $every::varchar when 'day' then 1 else 7 end <= days_between(s.first_on, s.last_on)
),
summed as (
  select
    c.campaign as campaign,
    c.starts_on as starts_on,
    sum(c.aware) as aware,
    sum(c.spend) as spend,
    sum(c.leads) as leads,
    sum(c.visits) as visits,
    sum(c.orders) as orders,
    sum(c.revenue) as revenue
  from chosen c
  group by c.campaign, c.starts_on
),
filled as (
  select
    s.campaign as campaign,
    s.starts_on as starts_on,
    case when s.has_aware > 0 then coalesce(d.aware, 0) end::bigint as aware,
    case when s.has_spend > 0 then coalesce(d.spend, 0) end::decimal(18,2) as spend,
    coalesce(d.leads, 0)::bigint as leads,
    coalesce(d.visits, 0)::bigint as visits,
    coalesce(d.orders, 0)::bigint as orders,
    coalesce(d.revenue, 0)::decimal(18,2) as revenue
  from spine s
  left join summed d on d.campaign is not distinct from s.campaign and d.starts_on = s.starts_on
),
grown as (
  select
    f.*,
    sum(f.aware) over w as aware_so_far,
    sum(f.spend) over w as spend_so_far,
    fives($viewer_shown::varchar[], sum(f.leads) over w) as leads_so_far,
    fives($viewer_shown::varchar[], sum(f.visits) over w) as visits_so_far,
    fives($viewer_shown::varchar[], sum(f.orders) over w) as orders_so_far,
    sum(f.revenue) over w as revenue_so_far
  from filled f
  window w as (partition by f.campaign order by f.starts_on rows between unbounded preceding and current row)
)
select
  g.campaign::varchar as campaign,
  g.starts_on::date as starts_on,
  (case $every::varchar when 'day' then g.starts_on else add_days(g.starts_on, 6) end)::date as ends_on,
  ((case $every::varchar when 'day' then g.starts_on else add_days(g.starts_on, 6) end) <= $as_of::date)::boolean as complete,
  g.aware::bigint as aware,
  g.spend::decimal(18,2) as spend,
  fives($viewer_shown::varchar[], g.leads)::bigint as leads,
  fives($viewer_shown::varchar[], g.visits)::bigint as visits,
  fives($viewer_shown::varchar[], g.orders)::bigint as orders,
  (case when length($viewer_shown::varchar[]) = 0 then g.revenue end)::decimal(18,2) as revenue,
  g.aware_so_far::bigint as aware_so_far,
  g.spend_so_far::decimal(18,2) as spend_so_far,
  g.leads_so_far::bigint as leads_so_far,
  g.visits_so_far::bigint as visits_so_far,
  g.orders_so_far::bigint as orders_so_far,
  (case when length($viewer_shown::varchar[]) = 0 then g.revenue_so_far end)::decimal(18,2) as revenue_so_far,
  safe_ratio(g.spend_so_far, g.leads_so_far)::double as cost_per_lead,
  safe_ratio(g.spend_so_far, g.orders_so_far)::double as cost_per_order
from grown g
order by g.campaign nulls last, g.starts_on
