-- The life cycle of each client: from which day to which they stood in which stage, also in days to come if nothing more happens.
-- An act is an order, an upsell, a visit or a referral. The first that fits counts: A acquisition, no order yet; E lost, the last
-- act longer than the life span ago (life_span); D decline, longer than half of it; C maturity, two orders or a referral within
-- the life span; B growth otherwise. Months are counted on from the act. Whoever acts in E is won back (came_from). Who only is
-- a lead stands in A and is no client yet.
-- grain: client_no, from_on
-- column client_no bigint not null: see clients
-- column from_on date not null: first day in the stage
-- column until_on date: last day; null for the last stage, unless an act ends it
-- column stage varchar not null: A, B, C, D or E
-- column came_from varchar: the stage before; null for the first
with days as (
  select
    a.client_no as client_no,
    a.happened_on as happened_on,
    max((a.kind = 'order')::int) as ordered,
    max((a.kind = 'referral')::int) as referred,
    sum((a.kind = 'order')::int)::bigint as orders
  from client_acts a
  group by a.client_no, a.happened_on
),
ordered_days as (
  select
    d.client_no as client_no,
    d.happened_on as happened_on,
    case when d.orders > 1 then d.happened_on else lag(maybe(d.happened_on)) over (partition by d.client_no order by d.happened_on) end as order_before_on
  from days d
  where d.ordered = 1
),
acted as (
  select
    d.client_no as client_no,
    d.happened_on as happened_on,
    max(o.order_before_on) over (partition by d.client_no order by d.happened_on rows between unbounded preceding and current row) as order_before_on,
    max(case when d.referred = 1 then d.happened_on end) over (partition by d.client_no order by d.happened_on rows between unbounded preceding and current row) as referred_on,
    lead(maybe(d.happened_on)) over (partition by d.client_no order by d.happened_on) as next_on
  from days d
  left join ordered_days o on o.client_no = d.client_no and o.happened_on = d.happened_on
),
first_orders as (
  select d.client_no as client_no, min(d.happened_on) as ordered_on
  from days d
  where d.ordered = 1
  group by d.client_no
),
reaches as (
  select
    a.client_no as client_no,
    a.happened_on as happened_on,
    a.next_on as next_on,
    add_days(add_months(a.happened_on, l.quiet_months), 1) as declines_on,
    add_days(add_months(a.happened_on, l.life_span_months), 1) as lost_on,
    add_days(add_months(greatest(a.order_before_on, a.referred_on), l.life_span_months), 1) as mature_before
  from acted a
  join first_orders f on f.client_no = a.client_no and f.ordered_on <= a.happened_on
  cross join life_span l
),
turns as (
  select c.client_no as client_no, c.began_on as from_on, 'A' as stage
  from clients c
  left join first_orders f on f.client_no = c.client_no
  where f.ordered_on is null or c.began_on < f.ordered_on
  union all
  select r.client_no as client_no, r.happened_on as from_on, case when r.mature_before > r.happened_on then 'C' else 'B' end as stage
  from reaches r
  union all
  select r.client_no as client_no, r.mature_before as from_on, 'B' as stage
  from reaches r
  where r.mature_before > r.happened_on and r.mature_before < r.declines_on and (r.next_on is null or r.mature_before < r.next_on)
  union all
  select r.client_no as client_no, r.declines_on as from_on, 'D' as stage
  from reaches r
  where r.next_on is null or r.declines_on < r.next_on
  union all
  select r.client_no as client_no, r.lost_on as from_on, 'E' as stage
  from reaches r
  where r.next_on is null or r.lost_on < r.next_on
),
followed as (
  select
    t.client_no as client_no,
    t.from_on as from_on,
    t.stage as stage,
    lag(maybe(t.stage)) over (partition by t.client_no order by t.from_on) as came_from
  from turns t
)
select
  f.client_no::bigint as client_no,
  f.from_on::date as from_on,
  add_days(lead(maybe(f.from_on)) over (partition by f.client_no order by f.from_on), -1)::date as until_on,
  f.stage::varchar as stage,
  f.came_from::varchar as came_from
from followed f
where f.came_from is distinct from f.stage
