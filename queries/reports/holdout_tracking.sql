-- Would the model have foretold how often clients came back? Repeat orders period by period, as they were and as expected.
-- BG/NBD is fitted to what was known on a day (until), and told on to a later one that it knows nothing of. Counted are the clients
-- who had ordered by then; periods are of equal length and one ends on that day, the last that is not over is left out.
-- Expected is the sum over clients of equation 9 of Fader, Hardie & Lee 2005. What is counted as a transaction: see
-- client_transactions.
-- grain: period_no
-- audience: owner, manager stores
-- uses: client_transactions_until, buying_clients, holdout_repeats
-- fed: buying_histories
-- finish: trackedRepeats
-- engine: duckdb, because its rows are finished by a fit; what is fitted is asked of both
-- param until date: last day that the model knows
-- param as_of date default as_of: last day that is compared
-- param unit varchar (day | week | month) default week: unit of time of the model: days ÷ 1, ÷ 7 or ÷ 30.4375
-- param period_days bigint (7 .. 366) default 28: length of a period in days
-- column period_no bigint not null: 1 is the first after the day that the model knows; 0 and less lie before
-- column ends_on date not null: last day of the period
-- column days_after bigint not null: days from until to ends_on; negative before
-- column clients bigint not null: clients who had ordered by until
-- column repeat_orders bigint not null: repeat transactions in the period
-- column all_repeat_orders bigint not null: repeat transactions up to its end
-- column expected_orders double: expected in the period
-- column all_expected_orders double: expected up to its end
-- column unit varchar not null: unit of time of the model
-- column reason varchar: why nothing is expected: too_few or no_highest_point
with reaches as (
  select
    -whole(floor(safe_ratio(days_between(min(b.first_on), $until::date), $period_days::bigint))) as first_no,
    whole(floor(safe_ratio(days_between($until::date, $as_of::date), $period_days::bigint))) as last_no,
    count(*)::bigint as clients
  from buying_clients b
),
periods as (
  select (r.first_no + g.generate_series)::bigint as period_no, r.clients as clients
  from reaches r
  cross join generate_series(0, 2000) g
  where r.first_no + g.generate_series <= r.last_no
),
placed as (
  select -whole(floor(safe_ratio(-h.days_after, $period_days::bigint))) as period_no, count(*)::bigint as repeat_orders
  from holdout_repeats h
  group by -whole(floor(safe_ratio(-h.days_after, $period_days::bigint)))
)
select
  p.period_no::bigint as period_no,
  add_days($until::date, p.period_no * $period_days::bigint)::date as ends_on,
  (p.period_no * $period_days::bigint)::bigint as days_after,
  p.clients::bigint as clients,
  coalesce(d.repeat_orders, 0)::bigint as repeat_orders,
  (sum(coalesce(d.repeat_orders, 0)) over (order by p.period_no))::bigint as all_repeat_orders,
  null::double as expected_orders,
  null::double as all_expected_orders,
  $unit::varchar as unit,
  null::varchar as reason
from periods p
left join placed d on d.period_no = p.period_no
order by p.period_no
