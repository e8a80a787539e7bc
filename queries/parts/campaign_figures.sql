-- What is known of each campaign itself from `from` to `to`: whom it was aimed at and reached, what it cost, and its budget so far.
-- A campaign is there if it has daily figures or leads in these days, or was listed to run in them. Where it has no daily costs its whole
-- cost is spread in equal parts over its days. The budget is the cost of the list; spent is what daily costs sum to by as_of.
-- grain: campaign
-- uses: $from, $to, $as_of
with daily as (
  select d.campaign_id as campaign, d.date as day, d.audience as audience, d.aware as aware, d.hits as hits, d.cost as cost
  from exports.campaign_days d
  where d.date <= d.imported_on and d.date <= $as_of::date
),
summed as (
  select
    d.campaign as campaign,
    min(d.day) as first_on,
    max(d.day) as last_on,
    count(case when d.day between $from::date and $to::date then d.day end)::bigint as days,
    sum(case when d.day between $from::date and $to::date then d.audience end)::bigint as audience,
    sum(case when d.day between $from::date and $to::date then d.aware end)::bigint as aware,
    sum(case when d.day between $from::date and $to::date then d.hits end)::bigint as hits,
    sum(case when d.day between $from::date and $to::date then d.cost end)::decimal(18,2) as cost,
    sum(d.cost)::decimal(18,2) as spent
  from daily d
  group by d.campaign
),
named as (
  select
    coalesce(c.campaign_id, s.campaign) as campaign,
    c.name as name,
    c.channel as channel,
    c.objective as objective,
    c.kind as kind,
    coalesce(c.starts_on, s.first_on) as starts_on,
    c.ends_on as ends_on,
    coalesce(c.ends_on, s.last_on) as known_end,
    c.cost as budget,
    coalesce(s.days, 0) as days,
    s.audience as audience,
    s.aware as aware,
    s.hits as hits,
    s.cost as daily_cost,
    s.spent as spent
  from exports.campaigns c
  full join summed s on s.campaign = c.campaign_id
),
spans as (
  select
    n.*,
    days_between(n.starts_on, n.ends_on) + 1 as length_days,
    case when n.starts_on > $as_of::date then 0 else days_between(n.starts_on, least(n.ends_on, $as_of::date)) + 1 end as gone_days,
    days_between(greatest(n.starts_on, $from::date), least(n.ends_on, $to::date, $as_of::date)) + 1 as within_days
  from named n
)
select
  s.campaign as campaign,
  s.name as name,
  s.channel as channel,
  s.objective as objective,
  s.kind as kind,
  s.starts_on as starts_on,
  s.ends_on as ends_on,
  s.days as days,
  s.audience as audience,
  s.aware as aware,
  s.hits as hits,
  (case
    when s.spent is not null then s.daily_cost
    when s.length_days > 0 and s.within_days > 0 then money(safe_ratio(s.budget::double * s.within_days, s.length_days))
  end)::decimal(18,2) as spend,
  s.budget as budget,
  s.spent as spent,
  case when s.length_days > 0 then s.length_days end as length_days,
  case when s.length_days > 0 then s.gone_days end as gone_days,
  (s.days > 0 or (s.starts_on <= least($to::date, $as_of::date) and coalesce(s.known_end, s.starts_on) >= $from::date))::boolean as is_running
from spans s
