-- What was spent on each channel from `from` to `to`: costs of campaigns by day; of a campaign without any, its whole cost in equal
-- parts on the days from its start to its end. A channel of which no cost is known has no row.
-- grain: channel
-- uses: $from, $to, $as_of
with daily as (
  select d.campaign_id as campaign_id, d.date as day, d.cost as cost
  from exports.campaign_days d
  where d.cost is not null and d.date <= d.imported_on
),
whole_campaigns as (
  select
    c.channel as channel,
    c.cost as cost,
    days_between(c.starts_on, c.ends_on) + 1 as days,
    days_between(greatest(c.starts_on, $from::date), least(c.ends_on, $to::date, $as_of::date)) + 1 as days_within
  from exports.campaigns c
  anti join daily d on d.campaign_id = c.campaign_id
  where c.cost is not null and c.starts_on <= c.ends_on
),
spent as (
  select c.channel as channel, d.cost as cost
  from daily d
  left join exports.campaigns c on c.campaign_id = d.campaign_id
  where d.day between $from::date and least($to::date, $as_of::date)
  union all
  select w.channel as channel, money(safe_ratio(w.cost::double * w.days_within, w.days)) as cost
  from whole_campaigns w
  where w.days_within > 0
)
select s.channel as channel, sum(s.cost)::decimal(18,2) as spend
from spent s
group by s.channel
