-- The funnel of each week or month, one after the other.
-- The same arithmetic as funnel, for every week (from Monday) or month that the period touches, whole ones. A cohort is
-- immature while its youngest member is younger than the age at which nine tenths of what comes in the end has come.
-- grain: segment, starts_on, step_no
-- audience: owner, manager stores, marketer
-- uses: periods = trend_periods, step_rates, maturity_ages
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
-- series people, rate, rate_hits, rate_base: funnel_trend
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
select
  r.segment::varchar as segment,
  p.starts_on::date as starts_on,
  p.whole_to::date as ends_on,
  r.step_no::bigint as step_no,
  r.people::bigint as people,
  r.rate::double as rate,
  case when r.rate_base is not null then r.rate_from end::bigint as rate_from,
  r.rate_hits::bigint as rate_hits,
  r.rate_base::bigint as rate_base,
  r.rate_low::double as rate_low,
  r.rate_high::double as rate_high,
  case when r.step_no <= 4 then r.gap_stores else 0 end::bigint as gap_stores,
  (p.whole_to <= $as_of::date)::boolean as complete,
  ($view::varchar = 'cohort' and r.step_no > 2 and days_between(p.whole_to, $as_of::date) < coalesce(m.mature_days, 365))::boolean as immature
from step_rates r
join periods p on p.period_no = r.period_no
left join maturity_ages m on m.step_no = r.step_no
order by r.segment nulls last, p.starts_on, r.step_no
