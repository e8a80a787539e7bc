-- What clients have brought by age since their first order, by cohort of first order; and the mean over mature cohorts.
-- Cumulative: every order, upsell and cancellation counts from the age at which it happened. Age 0 is the first month (quarter)
-- of each client's own time. A cell is unfinished while somebody of its cohort has not lived through that age. Rows of scope
-- mature hold, at each age, only the cohorts that are finished there, all their clients alike; as cohorts fall out with age they
-- need not rise. Revenue is signed and upsold less what was cancelled or refunded; gain is revenue less costs where every one
-- has its costs, else with margin_rate where one is missing, without it revenue: basis says which. The intervals are
-- Student's 95 % over clients (Student 1908, Biometrika 6:1), from five clients on. Whose order names nobody is left out.
-- grain: segment, scope, starts_on, age
-- audience: owner, manager stores
-- uses: cohort_cells, client_gains
-- param cohort varchar (month | quarter | year) default quarter: period of the first order
-- param unit varchar (month | quarter) default month: in what age is told
-- param ages bigint (0 .. 120) default 12: up to which age
-- param margin_rate double optional: share of revenue that is margin, 0 to 1, for orders and upsells without costs
-- param from date default first_day: a day of the first cohort
-- param to date default as_of: a day of the last one
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field of the first journey whose values split the rows
-- param where varchar[] filters: entries field=value
-- column segment varchar: value of the segment, all without one, null where missing
-- column scope varchar not null: cohort, or mature: all cohorts that are finished at this age
-- column starts_on date: first day of the cohort's period; null for mature
-- column ends_on date: its last day
-- column age bigint not null: whole months or quarters since the own first order
-- column cohorts bigint not null: cohorts in the row
-- column clients bigint not null: clients in them
-- column unfinished boolean not null: somebody of the cohort has not lived through this age
-- column orders bigint not null: orders so far
-- column revenue decimal(18,2) not null: revenue so far
-- column revenue_per_client decimal(18,2) not null: revenue / clients
-- column revenue_low double: its 95 % interval, lower end; null below five clients
-- column revenue_high double: upper end
-- column basis varchar not null: cost, margin_rate or revenue
-- column gain decimal(18,2) not null: margin so far, or revenue where basis says so
-- column gain_per_client decimal(18,2) not null: gain / clients
-- column gain_low double: its 95 % interval, lower end; null below five clients
-- column gain_high double: upper end
with cells as materialized (
  select c.* from cohort_cells c
),
told as (
  select
    c.segment as segment, 'cohort' as scope, maybe(c.starts_on) as starts_on, maybe(c.ends_on) as ends_on, c.age as age,
    1::bigint as cohorts, c.clients as clients, c.unfinished as unfinished, c.orders as orders, c.amount as amount,
    c.gain as gain, c.amount_square as amount_square, c.gain_square as gain_square
  from cells c
  union all
  select
    c.segment as segment, 'mature' as scope, null::date as starts_on, null::date as ends_on, c.age as age,
    count(*)::bigint as cohorts, sum(c.clients)::bigint as clients, false as unfinished, sum(c.orders)::bigint as orders,
    sum(c.amount) as amount, sum(c.gain) as gain, steady_sum(c.amount_square) as amount_square, steady_sum(c.gain_square) as gain_square
  from cells c
  where not c.unfinished
  group by c.segment, c.age
),
spread as (
  select
    t.*,
    student_t(t.clients - 1) * sqrt(greatest(
      safe_ratio(t.amount_square - safe_ratio(power(t.amount::double, 2e0), t.clients), t.clients * (t.clients - 1)), 0e0
    )) as amount_half,
    student_t(t.clients - 1) * sqrt(greatest(
      safe_ratio(t.gain_square - safe_ratio(power(t.gain::double, 2e0), t.clients), t.clients * (t.clients - 1)), 0e0
    )) as gain_half
  from told t
),
based as (
  select coalesce(max(g.basis), 'cost') as basis from client_gains g
)
select
  s.segment::varchar as segment,
  s.scope::varchar as scope,
  s.starts_on::date as starts_on,
  s.ends_on::date as ends_on,
  s.age::bigint as age,
  s.cohorts::bigint as cohorts,
  s.clients::bigint as clients,
  s.unfinished::boolean as unfinished,
  s.orders::bigint as orders,
  s.amount::decimal(18,2) as revenue,
  money_per(s.amount, s.clients)::decimal(18,2) as revenue_per_client,
  (safe_ratio(s.amount, s.clients) - s.amount_half)::double as revenue_low,
  (safe_ratio(s.amount, s.clients) + s.amount_half)::double as revenue_high,
  b.basis::varchar as basis,
  s.gain::decimal(18,2) as gain,
  money_per(s.gain, s.clients)::decimal(18,2) as gain_per_client,
  (safe_ratio(s.gain, s.clients) - s.gain_half)::double as gain_low,
  (safe_ratio(s.gain, s.clients) + s.gain_half)::double as gain_high
from spread s
cross join based b
order by s.segment nulls last, s.scope, s.starts_on nulls last, s.age
