-- What each cohort of first orders had brought by each age, and the squares of what its clients had.
-- Age is whole months (or quarters) since the client's own first order. A square grows by d · (2 · before + d) with each d that a
-- client brings, so that only ages are read at which somebody brought something.
-- grain: segment, cohort_no, age
-- uses: sold_clients, client_gains, $cohort, $unit, $ages, $from, $to, $as_of
with gains as materialized (
  select g.* from client_gains g
),
firsts as (
  select g.client_no as client_no, min(g.happened_on) as first_on
  from gains g
  where g.kind = 'order'
  group by g.client_no
),
members as materialized (
  select
    k.client_no as client_no,
    k.segment as segment,
    f.first_on as first_on,
    calendar_no($cohort::varchar, 'monday', f.first_on) as cohort_no
  from sold_clients k
  join firsts f on f.client_no = k.client_no
  where
    calendar_no($cohort::varchar, 'monday', f.first_on)
    between calendar_no($cohort::varchar, 'monday', $from::date) and calendar_no($cohort::varchar, 'monday', least($to::date, $as_of::date))
),
lived as (
  select
    m.segment as segment,
    m.cohort_no as cohort_no,
    g.client_no as client_no,
    months_between(m.first_on, g.happened_on) as months,
    (g.kind = 'order')::int as is_order,
    g.amount as amount,
    g.gain as gain
  from gains g
  join members m on m.client_no = g.client_no
),
aged as (
  select
    l.segment as segment,
    l.cohort_no as cohort_no,
    l.client_no as client_no,
    whole(greatest(l.months, 0) / case when $unit::varchar = 'quarter' then 3e0 else 1e0 end) as age,
    sum(l.is_order)::bigint as orders,
    sum(l.amount)::decimal(18,2) as amount,
    sum(l.gain)::decimal(18,2) as gain
  from lived l
  group by 1, 2, 3, 4
),
running as (
  select
    a.*,
    (sum(a.amount) over (partition by a.client_no order by a.age rows between unbounded preceding and current row) - a.amount)::double as amount_before,
    (sum(a.gain) over (partition by a.client_no order by a.age rows between unbounded preceding and current row) - a.gain)::double as gain_before
  from aged a
),
steps as (
  select
    r.segment as segment,
    r.cohort_no as cohort_no,
    r.age as age,
    sum(r.orders)::bigint as orders,
    sum(r.amount)::decimal(18,2) as amount,
    sum(r.gain)::decimal(18,2) as gain,
    steady_sum(r.amount::double * (2e0 * r.amount_before + r.amount::double)) as amount_square,
    steady_sum(r.gain::double * (2e0 * r.gain_before + r.gain::double)) as gain_square
  from running r
  group by r.segment, r.cohort_no, r.age
),
cohorts as (
  select
    m.segment as segment,
    m.cohort_no as cohort_no,
    add_months(date '1970-01-01', m.cohort_no * case $cohort::varchar when 'year' then 12 when 'quarter' then 3 else 1 end) as starts_on,
    add_days(add_months(date '1970-01-01', (m.cohort_no + 1) * case $cohort::varchar when 'year' then 12 when 'quarter' then 3 else 1 end), -1) as ends_on,
    count(*)::bigint as clients
  from members m
  group by m.segment, m.cohort_no
),
begun as (
  select c.*, g.generate_series::bigint as age
  from cohorts c
  cross join generate_series(0, 120) g
  where
    g.generate_series <= $ages::bigint
    and add_months(c.starts_on, g.generate_series * case when $unit::varchar = 'quarter' then 3 else 1 end) <= $as_of::date
)
select
  b.segment as segment,
  b.cohort_no as cohort_no,
  b.starts_on as starts_on,
  b.ends_on as ends_on,
  b.age as age,
  b.clients as clients,
  add_months(b.ends_on, (b.age + 1) * case when $unit::varchar = 'quarter' then 3 else 1 end) > add_days($as_of::date, 1) as unfinished,
  sum(coalesce(s.orders, 0)) over (partition by b.segment, b.cohort_no order by b.age rows between unbounded preceding and current row) as orders,
  sum(coalesce(s.amount, 0)) over (partition by b.segment, b.cohort_no order by b.age rows between unbounded preceding and current row) as amount,
  sum(coalesce(s.gain, 0)) over (partition by b.segment, b.cohort_no order by b.age rows between unbounded preceding and current row) as gain,
  sum(coalesce(s.amount_square, 0)) over (partition by b.segment, b.cohort_no order by b.age rows between unbounded preceding and current row) as amount_square,
  sum(coalesce(s.gain_square, 0)) over (partition by b.segment, b.cohort_no order by b.age rows between unbounded preceding and current row) as gain_square
from begun b
left join steps s on s.segment is not distinct from b.segment and s.cohort_no = b.cohort_no and s.age = b.age
