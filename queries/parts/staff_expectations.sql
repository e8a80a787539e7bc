-- What each person reached, and what was to be expected: the mean, over their units, of what all others reach with the same
-- channel and store; where these have fewer than 30 units, with the same channel; where fewer again, all others.
-- Who may see no more than the own rows is told of others only as groups of five or more: then a group also needs 30 units
-- at each level, of at least five people none of whom has more than half of them; where even all others are no such group
-- nothing is expected. A unit whose channel and store did not have enough has fallen back.
-- grain: staff_id
-- uses: staff_units, $viewer_staff
with cells as (
  select
    u.staff_id as staff_id,
    j.channel as channel,
    j.store as store,
    count(*)::bigint as base,
    sum(u.hits)::bigint as hits,
    sum(u.amount)::decimal(18,2) as amount
  from staff_units u
  left join begun_journeys j on j.journey_id = u.journey_id
  group by u.staff_id, j.channel, j.store
),
shares as materialized (
  select 1::bigint as level, c.staff_id as staff_id, c.channel as channel, c.store as store, c.base as base, c.hits as hits, c.amount as amount
  from cells c
  union all
  select
    2::bigint as level, c.staff_id as staff_id, c.channel as channel, null::varchar as store,
    sum(c.base)::bigint as base, sum(c.hits)::bigint as hits, sum(c.amount)::decimal(18,2) as amount
  from cells c
  group by c.staff_id, c.channel
  union all
  select
    3::bigint as level, c.staff_id as staff_id, null::varchar as channel, null::varchar as store,
    sum(c.base)::bigint as base, sum(c.hits)::bigint as hits, sum(c.amount)::decimal(18,2) as amount
  from cells c
  group by c.staff_id
),
others as (
  select
    s.level as level,
    s.staff_id as staff_id,
    s.channel as channel,
    s.store as store,
    count(*)::bigint as people,
    sum(o.base)::bigint as others_base,
    max(o.base)::bigint as greatest_base,
    safe_ratio(sum(o.hits), sum(o.base)) as rate,
    safe_ratio(sum(o.amount), sum(o.base)) as mean_amount
  from shares s
  join shares o on o.level = s.level and o.channel is not distinct from s.channel and o.store is not distinct from s.store
  where o.staff_id <> s.staff_id
  group by s.level, s.staff_id, s.channel, s.store
),
groups_of_others as (
  select o.*
  from others o
  where
    case
      when $viewer_staff::varchar is null then o.others_base >= 30 or o.level = 3
      else o.others_base >= 30 and o.people >= 5 and o.greatest_base * 2 <= o.others_base
    end
),
expecting as (
  select
    s.staff_id as staff_id,
    s.channel as channel,
    s.store as store,
    s.base as base,
    min(g.level) as level,
    argMin(g.rate, g.level) as rate,
    argMin(g.mean_amount, g.level) as mean_amount
  from shares s
  join groups_of_others g on g.staff_id = s.staff_id
  where
    s.level = 1
    and (g.level = 3 or (g.channel is not distinct from s.channel and (g.level = 2 or g.store is not distinct from s.store)))
  group by s.staff_id, s.channel, s.store, s.base
),
expected as (
  select
    e.staff_id as staff_id,
    sum(e.base) as base,
    sum(case when e.level = 1 then e.base else 0 end) as near_base,
    steady_sum(e.base * e.rate) as hits,
    steady_sum(e.base * e.mean_amount) as amount
  from expecting e
  group by e.staff_id
)
select
  s.staff_id as staff_id,
  s.base as base,
  s.hits as hits,
  s.amount as amount,
  case when e.base = s.base then safe_ratio(e.hits, e.base) end as expected_rate,
  case when e.base = s.base then safe_ratio(e.amount, e.base) end as expected_amount,
  (s.base - coalesce(e.near_base, 0))::bigint as fallback_base
from shares s
left join expected e on e.staff_id = s.staff_id
where s.level = 3
