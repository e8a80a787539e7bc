-- How many asked journeys of each store count at each step in each period; null where the store has no source for the step.
-- A segment that only campaigns know, or a filter that leaves nobody, has every store, with nobody in it.
-- grain: segment, store_key, period_no
-- uses: $as_of, $by, periods, store_days, store_periods, contact_points
with stores as (
  select distinct coalesce(j.store, '') as store_key
  from journey_days j
  where j.began_on <= $as_of::date or j.active_on <= $as_of::date
),
days as (
  select d.* from store_days d
  -- with by or where
  union all
  select distinct
    c.segment as segment,
    t.store_key as store_key,
    null::date as day,
    0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint,
    0::bigint, 0::bigint, 0::bigint, 0::bigint,
    0::bigint, 0::bigint, 0::bigint
  from contact_points c
  cross join stores t
  anti join store_days d on d.segment is not distinct from c.segment
  where c.people_0 > 0 or c.people_1 > 0 or $by::varchar is null
  -- end
),
counted as (
  select
    d.segment as segment,
    d.store_key as store_key,
    p.period_no as period_no,
    sum(case when d.day between p.starts_on and p.ends_on then d.people_2 else 0 end)::bigint as people_2,
    sum(case when d.day between p.starts_on and p.ends_on then case when p.at_age then d.young_3 else d.people_3 end else 0 end)::bigint as people_3,
    sum(case when d.day between p.starts_on and p.ends_on then case when p.at_age then d.young_4 else d.people_4 end else 0 end)::bigint as people_4,
    sum(case when d.day between p.starts_on and p.ends_on then case when p.at_age then d.young_5 else d.people_5 end else 0 end)::bigint as people_5,
    sum(case when d.day between p.starts_on and p.ends_on then case when p.at_age then d.young_6 else d.people_6 end else 0 end)::bigint as people_6,
    sum(case when d.day between p.starts_on and p.ends_on then d.skipped_2 else 0 end)::bigint as skipped_2,
    sum(case when d.day between p.starts_on and p.ends_on then d.skipped_3 else 0 end)::bigint as skipped_3,
    sum(case when d.day between p.starts_on and p.ends_on then d.cancelled_4 else 0 end)::bigint as cancelled_4
  from days d
  cross join periods p
  group by d.segment, d.store_key, p.period_no
)
select
  c.segment as segment,
  c.store_key as store_key,
  c.period_no as period_no,
  c.people_2 + c.people_3 + c.people_4 + c.people_5 + c.people_6 as arrivals,
  case when s.has_2 then c.people_2 end as people_2,
  case when s.has_3 then c.people_3 end as people_3,
  case when s.has_4 then c.people_4 end as people_4,
  case when s.has_5 then c.people_5 end as people_5,
  case when s.has_6 then c.people_6 end as people_6,
  c.skipped_2 as skipped_2,
  c.skipped_3 as skipped_3,
  c.cancelled_4 as cancelled_4,
  case when s.has_2 then s.gap_2 end as gap_2,
  case when s.has_3 then s.gap_3 end as gap_3,
  case when s.has_4 then s.gap_4 end as gap_4
from counted c
left join store_periods s on s.store_key = c.store_key and s.period_no = c.period_no
