-- The clients behind a cell of retention, one by one, those who brought most first.
-- Exactly those that retention counts in that cell: the same cohort, mode and filters. Names and telephone numbers are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: retention_starts, retention_cells, retention_numbers, $mode
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
-- param week_start varchar (monday | sunday) default monday: first day of a week
-- param from date default first_day: a day of the first period of entry
-- param to date default as_of: a day of the last one
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- param starts_on date: first day of the period of entry
-- param period_no bigint (0 .. 400) default 0: periods or brackets since; 0 is all who entered
-- param segment varchar optional: with by, only clients of this value; without a value those where it is missing
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column client_id varchar not null: C:customer_id, else the journey that they are known by
-- column customer_id varchar: number of the customer
-- column customer_name varchar: masked
-- column phone varchar contact: masked
-- column store varchar: of the first journey
-- column channel varchar: of the first journey
-- column began_on date: business day of the first journey or act
-- column bought_on date: business day of the first order
-- column acts bigint not null: how often they did in this period what counts as coming back
-- column amount decimal(18,2) not null: money of that
with entered as (
  select s.client_no as client_no, s.segment as segment
  from retention_starts s
  where
    s.started = calendar_no($period::varchar, $week_start::varchar, $starts_on::date)
    and ($by::varchar is null or s.segment is not distinct from $segment::varchar)
),
came as (
  select
    c.client_no as client_no,
    max(c.period_no) as last_no,
    min(case when c.period_no > 0 then c.period_no end) as first_no,
    sum((c.period_no = $period_no::bigint)::int) as here,
    sum((c.period_no between 1 and $period_no::bigint)::int) as unbroken,
    sum(case when c.period_no = $period_no::bigint then c.acts else 0 end)::bigint as acts,
    sum(case when c.period_no = $period_no::bigint then coalesce(c.amount, 0) else 0 end)::decimal(18,2) as amount
  from retention_cells c
  where c.started = calendar_no($period::varchar, $week_start::varchar, $starts_on::date)
  group by c.client_no
),
counted as (
  select e.client_no as client_no, coalesce(c.acts, 0) as acts, coalesce(c.amount, 0)::decimal(18,2) as amount
  from entered e
  left join came c on c.client_no = e.client_no
  where
    $period_no::bigint = 0
    or case $mode::varchar
      when 'on' then c.here > 0
      when 'on_or_after' then c.last_no >= $period_no::bigint
      when 'on_or_before' then c.first_no <= $period_no::bigint
      else c.unbroken = $period_no::bigint
    end
),
known as (
  select c.client_no as client_no, c.client_id as client_id
  from clients c
  -- with cohort or return beyond order, visit, upsell, referral, any; cohort_where or return_where or conditions or brackets; period beyond day, week, month, quarter, year; intervals beyond calendar
  where false
  union all
  select n.client_no as client_no, n.client_id as client_id
  from retention_numbers n
  -- end
),
numbered as (
  select
    k.client_id as client_id,
    c.acts as acts,
    c.amount as amount,
    row_number() over (order by c.amount desc, k.client_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from counted c
  join known k on k.client_no = c.client_no
),
shown as (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.client_id::varchar as client_id,
  (case when s.client_id like 'C:%' then substring(s.client_id, 3) end)::varchar as customer_id,
  masked_name(coalesce(u.name, l.customer_name))::varchar as customer_name,
  masked_phone(coalesce(u.phone, l.phone))::varchar as phone,
  j.store::varchar as store,
  j.channel::varchar as channel,
  c.began_on::date as began_on,
  c.bought_on::date as bought_on,
  s.acts::bigint as acts,
  s.amount::decimal(18,2) as amount
from shown s
left join clients c on c.client_id = s.client_id
left join begun_journeys j on j.journey_id = coalesce(c.first_journey_id, s.client_id)
left join exports.customers u on 'C:' || u.customer_id = s.client_id
left join exports.leads l on 'L:' || l.lead_id = coalesce(c.first_journey_id, s.client_id)
order by s.row_no
