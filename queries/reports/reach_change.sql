-- How many people each channel (or campaign) reached, and how many leads it brought, against before; the largest fall first.
-- A segment that has daily campaign figures on either side is listed; on a side without any it reached nobody. Several periods
-- before (compare_periods) count as their mean. Leads are those that began on the days of the side, of a channel also the ones
-- without a campaign. A day after as_of counts on neither side.
-- grain: row_no
-- audience: owner, manager stores, marketer
-- uses: asked_campaign_days, asked_journey_days, periods = revenue_periods
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param compare_from date: first business day of what it is compared with, inclusive
-- param compare_to date: last business day of what it is compared with, inclusive
-- param compare_periods bigint (1 .. 52) default 1: how many periods before, each as many whole weeks earlier as it is long, are averaged
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar segment default channel: channel, or campaign
-- param where varchar[] filters: entries field=value
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column segment varchar: the channel or campaign_id; null for campaigns without a channel
-- column reference_aware double not null: people it reached in a period before
-- column aware bigint not null: people it reached in the period
-- column aware_change double not null: aware - reference_aware
-- column reference_leads double not null: leads of it in a period before
-- column leads bigint not null: leads of it in the period
with sides as (
  select max(case when p.side = 'before' then p.period_no end)::bigint as periods_before
  from periods p
),
counted as (
  select
    a.segment as segment,
    case when p.side = 'after' then a.aware else 0 end as aware,
    case when p.side = 'before' then a.aware else 0 end as reference_aware,
    0 as leads,
    0 as reference_leads,
    1 as is_reached
  from asked_campaign_days a
  join periods p on a.day between p.starts_on and p.ends_on
  union all
  select
    j.segment as segment,
    0 as aware,
    0 as reference_aware,
    case when p.side = 'after' then j.people else 0 end as leads,
    case when p.side = 'before' then j.people else 0 end as reference_leads,
    0 as is_reached
  from asked_journey_days j
  join periods p on j.began_on between p.starts_on and p.ends_on
  where j.kind = 'lead'
),
compared as (
  select
    c.segment as segment,
    sum(c.aware)::bigint as aware,
    coalesce(safe_ratio(sum(c.reference_aware), max(s.periods_before)), 0e0) as reference_aware,
    sum(c.leads)::bigint as leads,
    coalesce(safe_ratio(sum(c.reference_leads), max(s.periods_before)), 0e0) as reference_leads
  from counted c
  cross join sides s
  group by c.segment
  having max(c.is_reached) = 1
),
numbered as (
  select
    c.*,
    row_number() over (order by c.aware - c.reference_aware, c.segment nulls last)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from compared c
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.segment::varchar as segment,
  n.reference_aware::double as reference_aware,
  n.aware::bigint as aware,
  (n.aware - n.reference_aware)::double as aware_change,
  n.reference_leads::double as reference_leads,
  n.leads::bigint as leads
from numbered n
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
