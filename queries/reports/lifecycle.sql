-- Who is new, who stays, who comes again and who stays away, period by period.
-- new: active for the first time ever; returning: also in the period before; resurrecting: not in the period before, but
-- earlier; dormant: active in the period before and not in this one. Active = new + returning + resurrecting, and whoever was
-- active in the period before is returning or dormant. Clients are known as in client_links; segments and filters are those of
-- their first journey. Where from or to cut a period, the whole period counts.
-- grain: segment, starts_at
-- audience: owner, manager stores
-- uses: retention_acts, retention_clients, retention_periods, $by, $where
-- param cohort varchar default any: what counts as being active: order, visit, upsell (sold), referral, lead or any other kind of event, any (of the first four) or * (any event at all)
-- param cohort_where varchar optional contract: JSON list of conditions {field, is | is_not | more | less | known} that it has to meet
-- param return varchar optional: another kind of event that counts as being active
-- param return_where varchar optional contract: conditions that the other kind has to meet
-- param conditions varchar optional contract: conditions that both have to meet
-- param period varchar (hour | day | week | month | quarter | year) default month: length of a period
-- param week_start varchar (monday | sunday) default monday: first day of a week
-- param from date default first_day: a day of the first period
-- param to date default as_of: a day of the last one
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- column segment varchar: value of the segment, all without one, null where missing
-- column starts_at timestamp not null: beginning of the period
-- column starts_on date not null: its first day
-- column ends_on date not null: its last day
-- column active bigint not null: clients with an act in the period
-- column new bigint not null: of them, for the first time
-- column returning bigint not null: of them, also in the period before
-- column resurrecting bigint not null: of them, not in the period before but earlier
-- column dormant bigint not null: active in the period before and not in this one, so far
-- column unfinished boolean not null: the period goes on after as_of
with acted as (
  select
    a.client_no as client_no,
    a.period_at as period_at,
    case
      when $by::varchar is null then 'all'
      -- with by
      else any_value(k.segment)
      -- end
    end as segment
  from retention_acts a
  -- with by or where
  join retention_clients k on k.client_no = a.client_no
  -- end
  where a.begins or a.returns
  group by a.client_no, a.period_at
),
placed as (
  select
    a.segment as segment,
    a.period_at as period_at,
    lag(maybe(a.period_at)) over (partition by a.client_no order by a.period_at) as previous_at,
    lead(maybe(a.period_at)) over (partition by a.client_no order by a.period_at) as next_at
  from acted a
),
counted as (
  select
    z.segment as segment,
    z.period_at as period_at,
    sum(z.active)::bigint as active,
    sum(z.new)::bigint as new,
    sum(z.returning)::bigint as returning,
    sum(z.resurrecting)::bigint as resurrecting,
    sum(z.dormant)::bigint as dormant
  from (
    select
      p.segment as segment,
      p.period_at as period_at,
      count(*)::bigint as active,
      sum((p.previous_at is null)::int)::bigint as new,
      sum((coalesce(p.period_at - p.previous_at, 0) = 1)::int)::bigint as returning,
      sum((coalesce(p.period_at - p.previous_at, 0) > 1)::int)::bigint as resurrecting,
      0::bigint as dormant
    from placed p
    group by p.segment, p.period_at
    union all
    select
      p.segment as segment,
      p.period_at + 1 as period_at,
      0::bigint as active,
      0::bigint as new,
      0::bigint as returning,
      0::bigint as resurrecting,
      count(*)::bigint as dormant
    from placed p
    where p.next_at is null or p.next_at > p.period_at + 1
    group by p.segment, p.period_at
  ) z
  group by z.segment, z.period_at
),
segments as (
  select c.segment as segment from counted c group by c.segment
  union
  select 'all' as segment where $by::varchar is null
),
axis as (
  select p.*
  from retention_periods p
  where p.starts_on <= least($to::date, $as_of::date)
)
select
  g.segment::varchar as segment,
  x.starts_at::timestamp as starts_at,
  x.starts_on::date as starts_on,
  x.ends_on::date as ends_on,
  coalesce(c.active, 0)::bigint as active,
  coalesce(c.new, 0)::bigint as new,
  coalesce(c.returning, 0)::bigint as returning,
  coalesce(c.resurrecting, 0)::bigint as resurrecting,
  coalesce(c.dormant, 0)::bigint as dormant,
  (x.ends_on > $as_of::date)::boolean as unfinished
from axis x
cross join segments g
left join counted c on c.segment is not distinct from g.segment and c.period_at = x.period_at
order by g.segment nulls last, x.starts_at
