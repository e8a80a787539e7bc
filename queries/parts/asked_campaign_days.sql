-- Daily campaign figures that the filters leave, each with its value of the asked segment.
-- Campaigns know channels and themselves, no stores or people: any other segment or filter leaves no row.
-- grain: campaign, day
-- uses: $by, $where
with entries as (
  select w.entry as entry
  from (select unnest($where::varchar[]) as entry) w
),
filters as (
  select
    coalesce(sum((e.entry like 'channel=%')::int), 0) as channels,
    coalesce(sum((e.entry like 'campaign=%')::int), 0) as campaigns,
    coalesce(sum((e.entry not like 'channel=%' and e.entry not like 'campaign=%')::int), 0) as others
  from entries e
),
days as (
  select
    d.campaign_id as campaign,
    c.channel as channel,
    d.date as day,
    d.audience as audience,
    d.aware as aware
  from exports.campaign_days d
  left join exports.campaigns c on c.campaign_id = d.campaign_id
  where d.date <= d.imported_on
)
select
  case $by::varchar when 'channel' then d.channel when 'campaign' then d.campaign else 'all' end as segment,
  d.campaign as campaign,
  d.day as day,
  d.audience as audience,
  d.aware as aware
from days d
cross join filters f
where
  coalesce($by::varchar, 'channel') in ('channel', 'campaign')
  and f.others = 0
  and (f.channels = 0 or is_in($where::varchar[], 'channel=' || coalesce(d.channel, '')))
  and (f.campaigns = 0 or is_in($where::varchar[], 'campaign=' || d.campaign))
