-- Who comes back: of those who entered in a period, how many returned in each period since.
-- Column 0 is the cohort, and no cell exceeds it. Coming back counts from the first period after that of the start; acts and
-- money are those of the period itself, in column 0 of all that was done in the period of the start. on: came back in that
-- period; on_or_after: in it or later, up to as_of, so that older cohorts had longer; on_or_before: in any period from the
-- first to it; streak: in every one from the first to it. Periods are those of the calendar, or (rolling) as many times 24
-- hours, 7, 30, 91 or 365 days since the client's own start; brackets are days since it, calendar or of 24 hours, and whatever
-- follows the start is coming back. first_time: a client belongs to the period of the first such event ever; first_in_range: to
-- that of the first one between from and to; recurring: to every period in which there was one. Clients are known as in
-- client_links; segments and filters are those of their first journey. A cell is unfinished while somebody of its cohort may
-- still come back in it; on_or_after no cell of a row is finished before its last one, so that those of a mean had all its
-- periods. Where from or to cut a period, the whole period counts.
-- grain: segment, starts_at, period_no
-- audience: owner, manager stores
-- uses: retention_matrix
-- param cohort varchar default order: what begins: order, visit, upsell (sold), referral, lead or any other kind of event, any (of the first four) or * (any event at all)
-- param cohort_where varchar optional contract: JSON list of conditions {field, is | is_not | more | less | known} that it has to meet
-- param return varchar default order: what counts as coming back, likewise
-- param return_where varchar optional contract: conditions that it has to meet
-- param conditions varchar optional contract: conditions that both have to meet
-- param at_least bigint (1 .. 1000) default 1: so many times in one period
-- param entry varchar (first_time | first_in_range | recurring) default first_time: which such events begin
-- param mode varchar (on | on_or_after | on_or_before | streak) default on: when somebody counts as having come back
-- param period varchar (hour | day | week | month | quarter | year) default month: length of a period
-- param intervals varchar (calendar | rolling) default calendar: periods of the calendar, or since the own start
-- param brackets varchar optional contract: JSON list of days since the start, e.g. [0,7,30,90,365], instead of periods: from each to before the next
-- param periods bigint (0 .. 400) default 12: how many periods after the first are told
-- param week_start varchar (monday | sunday) default monday: first day of a week
-- param from date default first_day: a day of the first period of entry
-- param to date default as_of: a day of the last one
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- rows people, acts when $period = day | week | month | quarter | year: client_rows
-- rows cohort_people when $period = day | week | month | quarter | year: client_rows period_no='0'
-- formula rate: people / cohort_people
-- column segment varchar: value of the segment, all without one, null where missing
-- column starts_at timestamp not null: beginning of the period of entry
-- column starts_on date not null: its first day
-- column ends_on date not null: its last day
-- column period_no bigint not null: periods or brackets since; 0 is that of the start
-- column cohort_people bigint not null: who entered
-- column people bigint not null: who came back, as the mode counts; in column 0 who entered
-- column rate double: people / cohort_people; null when that is 0
-- column rate_low double: Wilson's 95 % interval, lower end
-- column rate_high double: upper end
-- column acts bigint not null: how often they did in this period what counts as coming back
-- column amount decimal(18,2) not null: money of that
-- column unfinished boolean not null: somebody of the cohort may still come back in it
select
  x.segment::varchar as segment,
  x.starts_at::timestamp as starts_at,
  x.starts_on::date as starts_on,
  x.ends_on::date as ends_on,
  x.period_no::bigint as period_no,
  x.cohort_people::bigint as cohort_people,
  x.people::bigint as people,
  safe_ratio(x.people, x.cohort_people)::double as rate,
  wilson_low(x.people, x.cohort_people)::double as rate_low,
  wilson_high(x.people, x.cohort_people)::double as rate_high,
  x.acts::bigint as acts,
  x.amount::decimal(18,2) as amount,
  x.unfinished::boolean as unfinished
from retention_matrix x
order by x.segment nulls last, x.starts_at, x.period_no
