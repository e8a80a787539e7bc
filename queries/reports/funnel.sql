-- How many journeys of a period reached each of the seven steps, and at what rate they went on.
-- Cohort view: of the journeys begun in the period, how many had reached a step by as_of. Period view: how many first
-- reached it in the period. Reaching a later step counts as reaching the earlier ones from Q2 on. A step without a
-- source in a store (no row for 26 weeks) is left out there, and the next rate bridges it. Q0 and Q1 are sums of daily
-- campaign figures. A segment value learned only after the rate's denominator, in more than 5 % of the segment's
-- journeys, gives no rate: winners would be compared with everybody. Nor then has the group without a value one.
-- grain: segment, step_no
-- audience: owner, manager, marketer
-- uses: asked_journeys, asked_campaign_days
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: whose arithmetic
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- rows people when step_no = 0 | 1: campaign_day_rows
-- rows people: journey_rows step=step_no
-- rows rate, rate_hits when step_no = 1: campaign_day_rows
-- rows rate, rate_hits: journey_rows step=step_no beside=rate_from
-- rows rate_base when step_no = 1 | 2: campaign_day_rows
-- rows rate_base: journey_rows step=rate_from beside=step_no
-- rows overall_rate: journey_rows step=step_no beside='2'
-- rows skipped: journey_rows step=step_no only='skipped'
-- rows cancelled_people: journey_rows step=step_no only='cancelled'
-- rows amount: money_rows part='net'
-- formula rate: rate_hits / rate_base
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column step_no bigint not null: 0 to 6
-- column step varchar not null: audience, aware, attracted, active, bought, bought_again, brought_friend
-- column aida varchar: attention, interest, desire or action
-- column people bigint: journeys (Q0 and Q1: contacts) at the step; null without a source
-- column rate double: rate_hits / rate_base
-- column rate_from bigint: step of the denominator
-- column rate_hits bigint: numerator, in the stores that have both steps
-- column rate_base bigint: denominator, in the same stores
-- column rate_low double: lower end of Wilson's 95 % interval; cohort view only
-- column rate_high double: upper end of Wilson's 95 % interval; cohort view only
-- column rate_note varchar: why there is no rate (no_source, zero_base, known_after) or no interval (not_nested)
-- column overall_rate double: people / people attracted, in the stores that have both, from Q3 on
-- column skipped bigint: of these people, those without an own record of the step; Q2 and Q3
-- column cancelled_people bigint: of the buyers, those whose order was cancelled by as_of; Q4
-- column amount decimal(18,2): net money; cohort view of these journeys so far, period view of the period; Q4
-- column source_stores bigint: stores that have the step
-- column all_stores bigint: stores of the segment
with steps as (
  select s.step_no::bigint as step_no, s.step as step, s.aida as aida
  from (
    values
      (0, 'audience', null),
      (1, 'aware', 'attention'),
      (2, 'attracted', 'interest'),
      (3, 'active', 'desire'),
      (4, 'bought', 'action'),
      (5, 'bought_again', null),
      (6, 'brought_friend', null)
  ) s(step_no, step, aida)
),
pairs as (
  select p.step_no::bigint as step_no, p.from_no::bigint as from_no
  from (values (3, 2), (4, 3), (4, 2), (5, 4), (5, 2), (6, 4), (6, 2)) p(step_no, from_no)
),
journeys_in_view as materialized (
  select
    j.*,
    (j.began_on between $from::date and least($to::date, $as_of::date))::int as at_2,
    (case
      when $view::varchar = 'cohort' then j.began_on between $from::date and least($to::date, $as_of::date) and j.active_on <= $as_of::date
      else j.active_on between $from::date and least($to::date, $as_of::date)
    end)::int as at_3,
    (case
      when $view::varchar = 'cohort' then j.began_on between $from::date and least($to::date, $as_of::date) and j.bought_on <= $as_of::date
      else j.bought_on between $from::date and least($to::date, $as_of::date)
    end)::int as at_4,
    (case
      when $view::varchar = 'cohort' then j.began_on between $from::date and least($to::date, $as_of::date) and j.bought_again_on <= $as_of::date
      else j.bought_again_on between $from::date and least($to::date, $as_of::date)
    end)::int as at_5,
    (case
      when $view::varchar = 'cohort' then j.began_on between $from::date and least($to::date, $as_of::date) and j.brought_friend_on <= $as_of::date
      else j.brought_friend_on between $from::date and least($to::date, $as_of::date)
    end)::int as at_6
  from asked_journeys j
  where j.began_on <= $as_of::date or j.active_on <= $as_of::date
),
by_store as materialized (
  select
    j.segment as segment,
    j.store as store,
    coalesce(sum(j.at_2), 0)::bigint as people_2,
    coalesce(sum(j.at_3), 0)::bigint as people_3,
    coalesce(sum(j.at_4), 0)::bigint as people_4,
    coalesce(sum(j.at_5), 0)::bigint as people_5,
    coalesce(sum(j.at_6), 0)::bigint as people_6,
    coalesce(sum(case when j.kind = 'unannounced' then j.at_2 end), 0)::bigint as skipped_2,
    coalesce(sum(case when j.visited_on <= $as_of::date then 0 else j.at_3 end), 0)::bigint as skipped_3,
    coalesce(sum(case when j.cancelled_on <= $as_of::date then j.at_4 end), 0)::bigint as cancelled_people,
    count(*) filter (where coalesce(j.at_2, 0) + coalesce(j.at_3, 0) + coalesce(j.at_4, 0) + coalesce(j.at_5, 0) + coalesce(j.at_6, 0) > 0)::bigint as seen,
    count(*) filter (where coalesce(j.at_2, 0) + coalesce(j.at_3, 0) + coalesce(j.at_4, 0) + coalesce(j.at_5, 0) + coalesce(j.at_6, 0) > 0 and j.known_step > 2)::bigint as known_after_2,
    count(*) filter (where coalesce(j.at_2, 0) + coalesce(j.at_3, 0) + coalesce(j.at_4, 0) + coalesce(j.at_5, 0) + coalesce(j.at_6, 0) > 0 and j.known_step > 3)::bigint as known_after_3
  from journeys_in_view j
  group by j.segment, j.store
),
campaign_totals as (
  select
    a.segment as segment,
    case
      when count(a.audience) > 0
        then coalesce(sum(case when a.day between $from::date and least($to::date, $as_of::date) then a.audience end), 0)
    end::bigint as audience,
    case
      when count(a.aware) > 0
        then coalesce(sum(case when a.day between $from::date and least($to::date, $as_of::date) then a.aware end), 0)
    end::bigint as aware
  from asked_campaign_days a
  where
    a.day between
      case when $view::varchar = 'cohort' then add_days($from::date, -182) else add_days(least($to::date, $as_of::date), -181) end
      and case when $view::varchar = 'cohort' then $as_of::date else least($to::date, $as_of::date) end
  group by a.segment
),
storeless_segments as (
  select c.segment as segment
  from campaign_totals c
  where c.audience > 0 or c.aware > 0
  union
  select 'all' as segment
  where $by::varchar is null
),
counted_stores as (
  select
    b.segment as segment,
    coalesce(b.store, '') as store_key,
    b.people_2 as people_2,
    b.people_3 as people_3,
    b.people_4 as people_4,
    b.people_5 as people_5,
    b.people_6 as people_6,
    b.skipped_2 as skipped_2,
    b.skipped_3 as skipped_3,
    b.cancelled_people as cancelled_people
  from by_store b
  union all
  select distinct
    g.segment as segment,
    coalesce(j.store, '') as store_key,
    0::bigint as people_2,
    0::bigint as people_3,
    0::bigint as people_4,
    0::bigint as people_5,
    0::bigint as people_6,
    0::bigint as skipped_2,
    0::bigint as skipped_3,
    0::bigint as cancelled_people
  from storeless_segments g
  cross join journeys j
  anti join by_store b on b.segment is not distinct from g.segment
  where j.began_on <= $as_of::date or j.active_on <= $as_of::date
),
sources as (
  select coalesce(d.store, '') as store_key, d.step_no as step_no, sum(d.rows)::bigint as rows
  from source_days d
  where
    d.day between
      case when $view::varchar = 'cohort' then add_days($from::date, -182) else add_days(least($to::date, $as_of::date), -181) end
      and case when $view::varchar = 'cohort' then $as_of::date else least($to::date, $as_of::date) end
  group by coalesce(d.store, ''), d.step_no
),
store_steps as materialized (
  select
    b.segment as segment,
    b.store_key as store_key,
    t.step_no as step_no,
    (s.rows is not null)::boolean as has_source,
    (case t.step_no when 2 then b.people_2 when 3 then b.people_3 when 4 then b.people_4 when 5 then b.people_5 else b.people_6 end)::bigint as people,
    (case t.step_no when 2 then b.skipped_2 when 3 then b.skipped_3 end)::bigint as skipped,
    (case t.step_no when 4 then b.cancelled_people end)::bigint as cancelled_people
  from counted_stores b
  cross join (select p.step_no as step_no from steps p where p.step_no >= 2) t
  left join sources s on s.store_key = b.store_key and s.step_no = t.step_no
),
journey_totals as (
  select
    t.segment as segment,
    t.step_no as step_no,
    sum(case when t.has_source then t.people end)::bigint as people,
    sum(case when t.has_source then t.skipped end)::bigint as skipped,
    sum(case when t.has_source then t.cancelled_people end)::bigint as cancelled_people,
    sum((t.has_source)::int)::bigint as source_stores,
    count(*)::bigint as all_stores
  from store_steps t
  group by t.segment, t.step_no
),
bridges as (
  select
    a.segment as segment,
    p.step_no as step_no,
    p.from_no as from_no,
    sum(a.people)::bigint as hits,
    sum(b.people)::bigint as base
  from pairs p
  join store_steps a on a.step_no = p.step_no
  join store_steps b on b.segment is not distinct from a.segment and b.store_key = a.store_key and b.step_no = p.from_no
  where a.has_source and b.has_source
  group by a.segment, p.step_no, p.from_no
),
journey_rates as (
  select b.segment as segment, b.step_no as step_no, b.from_no as from_no, b.hits as hits, b.base as base
  from bridges b
  where b.step_no <= 4 or b.from_no = 4
  qualify row_number() over (partition by b.segment, b.step_no order by b.from_no desc) = 1
),
late_segments as (
  select
    b.segment as segment,
    (20 * sum(b.known_after_2) > sum(b.seen))::boolean as late_for_2,
    (20 * sum(b.known_after_3) > sum(b.seen))::boolean as late_for_3
  from by_store b
  group by b.segment
),
late_fields as (
  select max((l.late_for_2)::int) = 1 as late_for_2, max((l.late_for_3)::int) = 1 as late_for_3
  from late_segments l
),
campaigns_in_period as (
  select distinct a.campaign as campaign
  from asked_campaign_days a
  where a.day between $from::date and least($to::date, $as_of::date)
),
announced_by_campaign as (
  select j.segment as segment, sum(j.at_2)::bigint as leads
  from journeys_in_view j
  join campaigns_in_period c on c.campaign = j.campaign
  where j.kind = 'lead'
  group by j.segment
),
amounts as (
  select
    j.segment as segment,
    (coalesce(sum(
      case
        when $view::varchar = 'cohort' and j.at_2 = 1 and a.happened_on <= $as_of::date then a.signed
        when $view::varchar = 'period' and a.happened_on between $from::date and least($to::date, $as_of::date) then a.signed
      end
    ), 0) - coalesce(sum(
      case
        when $view::varchar = 'cohort' and j.at_2 = 1 and greatest(a.taken_back_on, a.happened_on) <= $as_of::date and a.taken_back_on is not null then a.taken_back
        when $view::varchar = 'period' and a.taken_back_on between $from::date and least($to::date, $as_of::date) then a.taken_back
      end
    ), 0))::decimal(18,2) as amount
  from journeys_in_view j
  join acts a on a.journey_id = j.journey_id
  where a.kind = 'order'
  group by j.segment
),
seen_segments as (
  select b.segment as segment from by_store b group by b.segment having sum(b.seen) > 0
  union
  select g.segment as segment from storeless_segments g
  union
  select m.segment as segment from amounts m where m.amount <> 0
),
figures as (
  select
    g.segment as segment,
    t.step_no as step_no,
    t.step as step,
    t.aida as aida,
    (case t.step_no when 0 then c.audience when 1 then c.aware else j.people end)::bigint as people,
    (case t.step_no when 1 then 0 when 2 then 1 else r.from_no end)::bigint as rate_from,
    (case t.step_no when 1 then c.aware when 2 then case when c.aware is not null then coalesce(n.leads, 0) end else r.hits end)::bigint as rate_hits,
    (case t.step_no when 1 then c.audience when 2 then c.aware else r.base end)::bigint as rate_base,
    (case
      when r.from_no = 2 and g.segment is null then a.late_for_2
      when r.from_no = 2 then l.late_for_2
      when r.from_no = 3 and g.segment is null then a.late_for_3
      when r.from_no = 3 then l.late_for_3
      else false
    end)::boolean as known_after,
    (case when g.segment is null then a.late_for_2 else l.late_for_2 end)::boolean as known_after_attracted,
    j.skipped as skipped,
    j.cancelled_people as cancelled_people,
    case when t.step_no = 4 and j.people is not null then coalesce(m.amount, 0) end as amount,
    w.hits as overall_hits,
    w.base as overall_base,
    j.source_stores as source_stores,
    j.all_stores as all_stores
  from seen_segments g
  cross join steps t
  left join journey_totals j on j.segment is not distinct from g.segment and j.step_no = t.step_no
  left join bridges w on w.segment is not distinct from g.segment and w.step_no = t.step_no and w.from_no = 2
  left join journey_rates r on r.segment is not distinct from g.segment and r.step_no = t.step_no
  cross join late_fields a
  left join late_segments l on l.segment is not distinct from g.segment
  left join campaign_totals c on c.segment is not distinct from g.segment
  left join announced_by_campaign n on n.segment is not distinct from g.segment
  left join amounts m on m.segment is not distinct from g.segment
),
noted as (
  select
    f.*,
    case
      when f.step_no = 0 then null
      when f.people is null or f.rate_hits is null or f.rate_base is null then 'no_source'
      when f.known_after then 'known_after'
      when f.rate_base = 0 then 'zero_base'
      when f.step_no <= 2 or $view::varchar = 'period' then 'not_nested'
    end as rate_note
  from figures f
)
select
  n.segment::varchar as segment,
  n.step_no::bigint as step_no,
  n.step::varchar as step,
  n.aida::varchar as aida,
  n.people::bigint as people,
  case when coalesce(n.rate_note, 'not_nested') = 'not_nested' and n.step_no > 0 then safe_ratio(n.rate_hits, n.rate_base) end::double as rate,
  case when coalesce(n.rate_note, '') <> 'no_source' then n.rate_from end::bigint as rate_from,
  n.rate_hits::bigint as rate_hits,
  n.rate_base::bigint as rate_base,
  case when n.rate_note is null and n.step_no > 2 then wilson_low(n.rate_hits, n.rate_base) end::double as rate_low,
  case when n.rate_note is null and n.step_no > 2 then wilson_high(n.rate_hits, n.rate_base) end::double as rate_high,
  n.rate_note::varchar as rate_note,
  case when n.step_no >= 3 and n.known_after_attracted is not true then safe_ratio(n.overall_hits, n.overall_base) end::double as overall_rate,
  n.skipped::bigint as skipped,
  n.cancelled_people::bigint as cancelled_people,
  n.amount::decimal(18,2) as amount,
  n.source_stores::bigint as source_stores,
  n.all_stores::bigint as all_stores
from noted n
order by n.segment nulls last, n.step_no
