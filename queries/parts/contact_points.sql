-- What campaigns reached in each period, and the leads of the campaigns that ran in it.
-- People reached are null without a daily figure in the source window, 0 where campaigns only paused. Without a segment
-- there is always a row.
-- grain: segment, period_no
-- uses: $by, periods, bounds, asked_journeys, asked_campaign_days
with running as (
  select distinct d.campaign as campaign
  from asked_campaign_days d
),
leads as (
  select j.segment as segment, j.campaign as campaign, j.began_on as day
  from asked_journeys j
  semi join running r on r.campaign = j.campaign
  cross join bounds b
  where j.kind = 'lead' and j.began_on between b.first_on and b.last_on
),
contacts as (
  select d.segment as segment, d.campaign as campaign, d.day as day, d.audience as audience, d.aware as aware, 1 as days, 0 as leads
  from asked_campaign_days d
  union all
  select l.segment as segment, l.campaign as campaign, l.day as day, null::bigint as audience, null::bigint as aware, 0 as days, 1 as leads
  from leads l
),
campaigns as (
  select
    c.segment as segment,
    c.campaign as campaign,
    p.period_no as period_no,
    sum(c.audience)::bigint as audience,
    sum(c.aware)::bigint as aware,
    case when sum(c.days) > 0 then sum(c.leads) end::bigint as leads
  from contacts c
  join periods p on c.day >= p.starts_on and c.day <= p.ends_on
  group by c.segment, c.campaign, p.period_no
),
figures as (
  select c.segment as segment, c.period_no as period_no, c.audience as audience, c.aware as aware, c.leads as leads, 0 as has_audience, 0 as has_aware
  from campaigns c
  union all
  select d.segment as segment, p.period_no as period_no, null, null, null, (d.audience is not null)::int as has_audience, (d.aware is not null)::int as has_aware
  from asked_campaign_days d
  join periods p on d.day >= p.source_from and d.day <= p.source_to
  union all
  select 'all' as segment, p.period_no as period_no, null, null, null, 0 as has_audience, 0 as has_aware
  from periods p
  where $by::varchar is null
)
select
  f.segment as segment,
  f.period_no as period_no,
  case when max(f.has_audience) = 1 then coalesce(sum(f.audience), 0) end::bigint as people_0,
  case when max(f.has_aware) = 1 then coalesce(sum(f.aware), 0) end::bigint as people_1,
  case when max(f.has_aware) = 1 then coalesce(sum(f.leads), 0) end::bigint as campaign_leads
from figures f
group by f.segment, f.period_no
