-- The funnel of each week or month, one after the other.
-- The same arithmetic as funnel, for every week (from Monday) or month that the period touches, whole ones. A cohort is
-- immature while its youngest member is younger than the age at which nine tenths of what comes in the end has come.
-- grain: segment, starts_on, step_no
-- audience: owner, manager, marketer
-- uses: asked_journeys, journey_steps, asked_campaign_days, maturity_ages
-- param from date default first_day: a day of the first week or month
-- param to date default as_of: a day of the last week or month
-- param as_of date default as_of: nothing later than this day is counted
-- param grain varchar (week | month) default week: length of one point
-- param view varchar (cohort | period) default period: whose arithmetic
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- rows people when step_no = 0 | 1: campaign_day_rows from=starts_on to=ends_on
-- rows people: journey_rows from=starts_on to=ends_on step=step_no
-- rows rate, rate_hits when step_no = 1: campaign_day_rows from=starts_on to=ends_on
-- rows rate, rate_hits: journey_rows from=starts_on to=ends_on step=step_no beside=rate_from
-- rows rate_base when step_no = 1 | 2: campaign_day_rows from=starts_on to=ends_on
-- rows rate_base: journey_rows from=starts_on to=ends_on step=rate_from beside=step_no
-- formula rate: rate_hits / rate_base
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column starts_on date not null: first day of the week or month
-- column ends_on date not null: last day of the week or month
-- column step_no bigint not null: 0 to 6
-- column people bigint: journeys (Q0 and Q1: contacts) at the step; null without a source
-- column rate double: rate_hits / rate_base
-- column rate_from bigint: step of the denominator
-- column rate_hits bigint: numerator, in the stores that have both steps
-- column rate_base bigint: denominator, in the same stores
-- column rate_low double: lower end of Wilson's 95 % interval; cohort view only
-- column rate_high double: upper end of Wilson's 95 % interval; cohort view only
-- column gap_stores bigint not null: stores that paused for days within it although they usually record; Q2, Q3 and Q4
-- column complete boolean not null: the week or month had ended on as_of
-- column immature boolean not null: cohort view, and the step is still to come for many
with days as (
  select
    case $grain::varchar
      when 'month' then add_days(month_start($from::date), 28 * g.generate_series::bigint)
      else add_days(week_start($from::date), 7 * g.generate_series::bigint)
    end as day
  from generate_series(0, 7320) g
  where g.generate_series <= days_between($from::date, least($to::date, $as_of::date)) + 1
),
starts as (
  select distinct case $grain::varchar when 'month' then month_start(d.day) else d.day end as starts_on
  from days d
  where case $grain::varchar when 'month' then month_start(d.day) else d.day end <= least($to::date, $as_of::date)
),
periods as materialized (
  select
    s.starts_on as starts_on,
    case $grain::varchar
      when 'month' then add_days(month_start(add_days(s.starts_on, 31)), -1)
      else add_days(s.starts_on, 6)
    end as ends_on
  from starts s
),
counted as (
  select
    s.segment as segment,
    s.store_key as store_key,
    case
      when $grain::varchar = 'month' and $view::varchar = 'cohort' then month_start(s.began_on)
      when $grain::varchar = 'month' then month_start(s.step_on)
      when $view::varchar = 'cohort' then week_start(s.began_on)
      else week_start(s.step_on)
    end as starts_on,
    s.step_no as step_no,
    count(*)::bigint as people
  from journey_steps s
  where s.step_on <= $as_of::date and s.began_on <= case when $view::varchar = 'cohort' then $as_of::date else s.began_on end
  group by
    s.segment,
    s.store_key,
    case
      when $grain::varchar = 'month' and $view::varchar = 'cohort' then month_start(s.began_on)
      when $grain::varchar = 'month' then month_start(s.step_on)
      when $view::varchar = 'cohort' then week_start(s.began_on)
      else week_start(s.step_on)
    end,
    s.step_no
),
late_segments as (
  select
    s.segment as segment,
    case
      when $grain::varchar = 'month' and $view::varchar = 'cohort' then month_start(s.began_on)
      when $grain::varchar = 'month' then month_start(s.step_on)
      when $view::varchar = 'cohort' then week_start(s.began_on)
      else week_start(s.step_on)
    end as starts_on,
    (20 * count(distinct case when s.known_step > 2 then s.journey_id end) > count(distinct s.journey_id))::boolean as late_for_2,
    (20 * count(distinct case when s.known_step > 3 then s.journey_id end) > count(distinct s.journey_id))::boolean as late_for_3
  from journey_steps s
  where s.step_on <= $as_of::date and s.began_on <= case when $view::varchar = 'cohort' then $as_of::date else s.began_on end
  group by
    s.segment,
    case
      when $grain::varchar = 'month' and $view::varchar = 'cohort' then month_start(s.began_on)
      when $grain::varchar = 'month' then month_start(s.step_on)
      when $view::varchar = 'cohort' then week_start(s.began_on)
      else week_start(s.step_on)
    end
),
late_fields as (
  select l.starts_on as starts_on, max((l.late_for_2)::int) = 1 as late_for_2, max((l.late_for_3)::int) = 1 as late_for_3
  from late_segments l
  group by l.starts_on
),
segment_stores as (
  select distinct j.segment as segment, coalesce(j.store, '') as store_key
  from asked_journeys j
),
sources as (
  select
    p.starts_on as starts_on,
    coalesce(d.store, '') as store_key,
    d.step_no as step_no,
    count(*)::bigint as days
  from source_days d
  cross join periods p
  where
    d.day <= least($as_of::date, case when $view::varchar = 'cohort' then $as_of::date else p.ends_on end)
    and d.day >= case
      when $view::varchar = 'cohort' then add_days(p.starts_on, -182)
      else add_days(least(p.ends_on, $as_of::date), -181)
    end
  group by p.starts_on, coalesce(d.store, ''), d.step_no
),
store_steps as materialized (
  select
    g.segment as segment,
    g.store_key as store_key,
    s.starts_on as starts_on,
    s.step_no as step_no,
    coalesce(c.people, 0)::bigint as people
  from segment_stores g
  join sources s on s.store_key = g.store_key
  left join counted c
    on c.segment is not distinct from g.segment
    and c.store_key = g.store_key
    and c.starts_on = s.starts_on
    and c.step_no = s.step_no
),
journey_totals as (
  select t.segment as segment, t.starts_on as starts_on, t.step_no as step_no, sum(t.people)::bigint as people
  from store_steps t
  group by t.segment, t.starts_on, t.step_no
),
bridges as (
  select
    a.segment as segment,
    a.starts_on as starts_on,
    a.step_no as step_no,
    b.step_no as from_no,
    sum(a.people)::bigint as hits,
    sum(b.people)::bigint as base
  from store_steps a
  join store_steps b
    on b.segment is not distinct from a.segment
    and b.store_key = a.store_key
    and b.starts_on = a.starts_on
  where
    (a.step_no = 3 and b.step_no = 2)
    or (a.step_no = 4 and b.step_no in (2, 3))
    or (a.step_no in (5, 6) and b.step_no = 4)
  group by a.segment, a.starts_on, a.step_no, b.step_no
),
journey_rates as (
  select
    b.segment as segment,
    b.starts_on as starts_on,
    b.step_no as step_no,
    b.from_no as from_no,
    b.hits as hits,
    b.base as base
  from bridges b
  qualify row_number() over (partition by b.segment, b.starts_on, b.step_no order by b.from_no desc) = 1
),
campaign_totals as (
  select
    a.segment as segment,
    p.starts_on as starts_on,
    case
      when count(a.audience) > 0
        then coalesce(sum(case when a.day between p.starts_on and least(p.ends_on, $as_of::date) then a.audience end), 0)
    end::bigint as audience,
    case
      when count(a.aware) > 0
        then coalesce(sum(case when a.day between p.starts_on and least(p.ends_on, $as_of::date) then a.aware end), 0)
    end::bigint as aware
  from asked_campaign_days a
  cross join periods p
  where
    a.day between
      case when $view::varchar = 'cohort' then add_days(p.starts_on, -182) else add_days(least(p.ends_on, $as_of::date), -181) end
      and case when $view::varchar = 'cohort' then $as_of::date else least(p.ends_on, $as_of::date) end
  group by a.segment, p.starts_on
),
campaign_periods as (
  select distinct a.segment as segment, p.starts_on as starts_on, a.campaign as campaign
  from asked_campaign_days a
  cross join periods p
  where a.day between p.starts_on and least(p.ends_on, $as_of::date)
),
announced_by_campaign as (
  select s.segment as segment, c.starts_on as starts_on, count(*)::bigint as leads
  from journey_steps s
  join campaign_periods c
    on c.segment is not distinct from s.segment
    and c.campaign = s.campaign
    and c.starts_on = case $grain::varchar when 'month' then month_start(s.began_on) else week_start(s.began_on) end
  where s.step_no = 2 and s.kind = 'lead' and s.began_on <= $as_of::date
  group by s.segment, c.starts_on
),
gap_weeks as (
  select
    s.segment as segment,
    p.starts_on as starts_on,
    g.step_no as step_no,
    count(distinct s.store_key)::bigint as gap_stores
  from gaps g
  join segment_stores s on s.store_key = coalesce(g.store, '')
  cross join periods p
  where g.from_on <= least(p.ends_on, $as_of::date) and g.to_on >= p.starts_on
  group by s.segment, p.starts_on, g.step_no
),
seen_segments as (
  select g.segment as segment from segment_stores g
  union
  select c.segment as segment from campaign_totals c
),
figures as (
  select
    g.segment as segment,
    p.starts_on as starts_on,
    p.ends_on as ends_on,
    t.step_no as step_no,
    (case t.step_no when 0 then c.audience when 1 then c.aware else j.people end)::bigint as people,
    (case t.step_no when 1 then 0 when 2 then 1 else r.from_no end)::bigint as rate_from,
    (case t.step_no when 1 then c.aware when 2 then case when c.aware is not null then coalesce(n.leads, 0) end else r.hits end)::bigint as rate_hits,
    (case t.step_no when 1 then c.audience when 2 then c.aware else r.base end)::bigint as rate_base,
    (case
      when r.from_no = 2 and g.segment is null then f.late_for_2
      when r.from_no = 2 then l.late_for_2
      when r.from_no = 3 and g.segment is null then f.late_for_3
      when r.from_no = 3 then l.late_for_3
      else false
    end)::boolean as known_after,
    coalesce(w.gap_stores, 0)::bigint as gap_stores,
    (p.ends_on <= $as_of::date)::boolean as complete,
    ($view::varchar = 'cohort' and t.step_no > 2 and days_between(p.ends_on, $as_of::date) < coalesce(m.mature_days, 365))::boolean as immature
  from seen_segments g
  cross join periods p
  cross join (select v.step_no::bigint as step_no from (values (0), (1), (2), (3), (4), (5), (6)) v(step_no)) t
  left join late_fields f on f.starts_on = p.starts_on
  left join late_segments l on l.segment is not distinct from g.segment and l.starts_on = p.starts_on
  left join journey_totals j on j.segment is not distinct from g.segment and j.starts_on = p.starts_on and j.step_no = t.step_no
  left join journey_rates r on r.segment is not distinct from g.segment and r.starts_on = p.starts_on and r.step_no = t.step_no
  left join campaign_totals c on c.segment is not distinct from g.segment and c.starts_on = p.starts_on
  left join announced_by_campaign n on n.segment is not distinct from g.segment and n.starts_on = p.starts_on
  left join gap_weeks w on w.segment is not distinct from g.segment and w.starts_on = p.starts_on and w.step_no = t.step_no
  left join maturity_ages m on m.step_no = t.step_no
)
select
  f.segment::varchar as segment,
  f.starts_on::date as starts_on,
  f.ends_on::date as ends_on,
  f.step_no::bigint as step_no,
  f.people::bigint as people,
  case when f.people is not null and not coalesce(f.known_after, false) then safe_ratio(f.rate_hits, f.rate_base) end::double as rate,
  case when f.rate_base is not null then f.rate_from end::bigint as rate_from,
  f.rate_hits::bigint as rate_hits,
  f.rate_base::bigint as rate_base,
  case
    when $view::varchar = 'cohort' and f.step_no > 2 and f.people is not null and not coalesce(f.known_after, false)
      then wilson_low(f.rate_hits, f.rate_base)
  end::double as rate_low,
  case
    when $view::varchar = 'cohort' and f.step_no > 2 and f.people is not null and not coalesce(f.known_after, false)
      then wilson_high(f.rate_hits, f.rate_base)
  end::double as rate_high,
  f.gap_stores::bigint as gap_stores,
  f.complete::boolean as complete,
  f.immature::boolean as immature
from figures f
order by f.segment nulls last, f.starts_on, f.step_no
