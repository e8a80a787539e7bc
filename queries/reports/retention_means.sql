-- How many come back on the whole: means over the cohorts of retention, of finished cells only.
-- The weighted mean is all who came back over all who entered, with Wilson's interval; where clients enter several times
-- (recurring) these are not independent, and the interval is too narrow. The simple mean gives every cohort that has
-- anybody the same weight; its interval is that of a sum of independent proportions, recovered from those of each (Zou, Huang & Zhang
-- 2009, Computational Statistics & Data Analysis 53:1080).
-- grain: segment, period_no
-- audience: owner, manager stores
-- uses: retention_matrix
-- param cohort varchar default order: as in retention, like all others
-- param cohort_where varchar optional contract: conditions on what begins
-- param return varchar default order: what counts as coming back
-- param return_where varchar optional contract: conditions on it
-- param conditions varchar optional contract: conditions that both have to meet
-- param at_least bigint (1 .. 1000) default 1: so many times in one period
-- param entry varchar (first_time | first_in_range | recurring) default first_time: which such events begin
-- param mode varchar (on | on_or_after | on_or_before | streak) default on: when somebody counts as having come back
-- param period varchar (hour | day | week | month | quarter | year) default month: length of a period
-- param intervals varchar (calendar | rolling) default calendar: periods of the calendar, or since the own start
-- param brackets varchar optional contract: JSON list of days since the start
-- param periods bigint (0 .. 400) default 12: how many periods after the first are told
-- param week_start varchar (monday | sunday) default monday: first day of a week
-- param from date default first_day: a day of the first period of entry
-- param to date default as_of: a day of the last one
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- formula weighted: people / cohort_people
-- column segment varchar: value of the segment, all without one, null where missing
-- column period_no bigint not null: periods or brackets since; 0 is that of the start
-- column cohorts bigint not null: how many cohorts with anybody in them are finished there
-- column cohort_people bigint not null: who entered these
-- column people bigint not null: who of them came back
-- column weighted double: people / cohort_people; null when that is 0
-- column weighted_low double: Wilson's 95 % interval, lower end
-- column weighted_high double: upper end
-- column simple double: mean of the cohorts' rates
-- column simple_low double: its 95 % interval, lower end
-- column simple_high double: upper end
-- column acts_per_person double: how often, for each who entered
-- column amount_per_person decimal(18,2): money, for each who entered
with finished as (
  select
    x.*,
    safe_ratio(x.people, x.cohort_people) as rate,
    safe_ratio(x.people, x.cohort_people) - wilson_low(x.people, x.cohort_people) as below,
    wilson_high(x.people, x.cohort_people) - safe_ratio(x.people, x.cohort_people) as above
  from retention_matrix x
  where not x.unfinished and x.cohort_people > 0
)
select
  f.segment::varchar as segment,
  f.period_no::bigint as period_no,
  count(*)::bigint as cohorts,
  sum(f.cohort_people)::bigint as cohort_people,
  sum(f.people)::bigint as people,
  safe_ratio(sum(f.people), sum(f.cohort_people))::double as weighted,
  wilson_low(sum(f.people), sum(f.cohort_people))::double as weighted_low,
  wilson_high(sum(f.people), sum(f.cohort_people))::double as weighted_high,
  steady_mean(f.rate)::double as simple,
  greatest(steady_mean(f.rate) - sqrt(steady_sum(power(f.below, 2e0))) / count(*), 0e0)::double as simple_low,
  least(steady_mean(f.rate) + sqrt(steady_sum(power(f.above, 2e0))) / count(*), 1e0)::double as simple_high,
  safe_ratio(sum(f.acts), sum(f.cohort_people))::double as acts_per_person,
  money_per(sum(f.amount), sum(f.cohort_people))::decimal(18,2) as amount_per_person
from finished f
group by f.segment, f.period_no
order by f.segment nulls last, f.period_no
