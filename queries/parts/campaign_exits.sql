-- At which age each lead of the 540 days before as_of had ordered, had been lost, or was last seen: of all leads together (series 0),
-- and of each channel (series 1). Left out are stores that record no orders.
-- grain: series_no, segment, age, reached, lost
-- uses: $as_of, silent_stores
with sources as (
  select coalesce(s.store, '') as store_key, max(s.to_on) as to_on
  from source_spans s
  where s.step_no = 4 and s.from_on <= $as_of::date
  group by coalesce(s.store, '')
),
leads as (
  select
    coalesce(j.channel, '') as channel,
    days_between(j.began_on, coalesce(l.orders_until, $as_of::date)) as seen_days,
    case when j.bought_on is not null then greatest(days_between(j.began_on, j.bought_on), 0) end as bought_days,
    case when j.lost_on is not null then greatest(days_between(j.began_on, j.lost_on), 0) end as lost_days
  from begun_journeys j
  join sources s on s.store_key = coalesce(j.store, '')
  left join silent_stores l on l.store_key = coalesce(j.store, '')
  where
    j.kind = 'lead'
    and j.began_on between add_days($as_of::date, -540) and coalesce(l.orders_until, $as_of::date)
    and s.to_on >= add_days(j.began_on, -182)
),
ends as (
  select
    l.*,
    coalesce((l.bought_days <= l.seen_days)::int, 0) as reached,
    coalesce((l.lost_days <= l.seen_days)::int, 0) as given_up
  from leads l
),
series as (
  select v.series_no::bigint as series_no from (values (0), (1)) v(series_no)
)
select
  s.series_no as series_no,
  case when s.series_no = 1 then e.channel else 'all' end as segment,
  case when e.reached = 1 then e.bought_days when e.given_up = 1 then e.lost_days else e.seen_days end as age,
  e.reached as reached,
  e.given_up * (1 - e.reached) as lost,
  count(*)::bigint as people
from ends e
cross join series s
group by 1, 2, 3, 4, 5
