-- How many journeys of a period reached each of the seven steps, and at what rate they went on.
-- Cohort view: of the journeys begun in the period, how many had reached a step by as_of. Period view: how many first
-- reached it in the period. Reaching a later step counts as reaching the earlier ones from Q2 on. A step without a
-- source in a store (no row for 26 weeks) is left out there, and the next rate bridges it. Q0 and Q1 are sums of daily
-- campaign figures. A segment value learned only after the rate's denominator, in more than 5 % of the segment's
-- journeys, gives no rate: winners would be compared with everybody. Nor then has the group without a value one.
-- grain: segment, step_no
-- audience: owner, manager stores, marketer
-- uses: periods = funnel_periods, step_rates, asked_entries
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
-- series people, rate, rate_hits, rate_base: funnel_trend
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
amounts as (
  select
    e.segment as segment,
    sum(case
      when $view::varchar = 'cohort' and e.journey_began_on between $from::date and least($to::date, $as_of::date) then e.amount
      when $view::varchar = 'period' and e.happened_on between $from::date and least($to::date, $as_of::date) then e.amount
    end)::decimal(18,2) as amount
  from asked_entries e
  where e.kind in ('first_order', 'repeat_order', 'taken_back')
  group by e.segment
),
seen as (
  select r.*, m.amount as amount
  from step_rates r
  left join amounts m on m.segment is not distinct from r.segment
  where r.arrivals > 0 or m.amount is not null or $by::varchar is null
)
select
  r.segment::varchar as segment,
  r.step_no::bigint as step_no,
  s.step::varchar as step,
  s.aida::varchar as aida,
  r.people::bigint as people,
  r.rate::double as rate,
  case when coalesce(r.rate_note, '') <> 'no_source' then r.rate_from end::bigint as rate_from,
  r.rate_hits::bigint as rate_hits,
  r.rate_base::bigint as rate_base,
  r.rate_low::double as rate_low,
  r.rate_high::double as rate_high,
  r.rate_note::varchar as rate_note,
  r.overall_rate::double as overall_rate,
  r.skipped::bigint as skipped,
  r.cancelled::bigint as cancelled_people,
  case when r.step_no = 4 and (r.people is not null or r.amount <> 0) then coalesce(r.amount, 0) end::decimal(18,2) as amount,
  case when r.step_no >= 2 then r.source_stores end::bigint as source_stores,
  case when r.step_no >= 2 then r.all_stores end::bigint as all_stores
from seen r
join steps s on s.step_no = r.step_no
order by r.segment nulls last, r.step_no
