-- What the people of each desk worked on from one day to another, and what came of it.
-- figure says what a unit is, and what its success. lead_visits, lead_orders: a lead of the inviter that a visit (or order),
-- an order follows; visit_orders: a consultation of the seller that an order follows, whoever signs it; cancellations: an
-- order signed that is called off as a whole; recovered: a consultation without a sale that somebody was the first to take
-- up again, by call, message, letter or offer, while there was no order, and that an order follows. What follows does so
-- within 30 days; window_days says how old a unit has to be for that to be known. sale, shoot, viewing, pickup: an order that
-- was signed, came to the visit or had an offer by that person, and to which they sold something there, in stores that
-- record upsells and whose visits of the last 26 weeks name people; co_sold: an upsell sold, and whether two people sold it.
-- An order may come to a touchpoint several times: then unit_id comes again. amount is money of the success (cancellations, co_sold:
-- of the unit).
-- built: view
-- grain: none
-- uses: $from, $to, $as_of
with led as (
  select
    j.inviter as staff_id,
    j.journey_id as journey_id,
    j.began_on as happened_on,
    j.store as store,
    j.channel as channel,
    (j.active_on <= least(add_days(j.began_on, 30), $as_of::date)) as came,
    (j.bought_on <= least(add_days(j.began_on, 30), $as_of::date)) as bought,
    j.order_id as order_id
  from begun_journeys j
  where j.kind = 'lead' and j.inviter is not null and j.began_on between $from::date and least($to::date, $as_of::date)
),
orders as (
  select
    a.act_id as order_id,
    a.journey_id as journey_id,
    a.staff_id as staff_id,
    a.act_no as act_no,
    a.happened_at as happened_at,
    a.happened_on as happened_on,
    a.signed as signed,
    case when a.cancelled then a.taken_back_on end as cancelled_on
  from acts a
  where a.kind = 'order' and a.happened_on <= $as_of::date
),
consulted as (
  select a.act_id as visit_id, a.staff_id as staff_id, a.journey_id as journey_id, a.happened_on as happened_on
  from acts a
  where a.kind = 'visit' and a.staff_id is not null and a.happened_on between $from::date and least($to::date, $as_of::date)
),
signed_after as (
  select c.visit_id as visit_id, argMin(o.signed, o.act_no) as signed
  from consulted c
  join orders o on o.journey_id = c.journey_id
  where o.happened_on between c.happened_on and add_days(c.happened_on, 30)
  group by c.visit_id
),
no_sales as (
  select v.visit_id as visit_id, a.journey_id as journey_id, a.happened_at as visited_at
  from exports.visits v
  join acts a on a.act_id = v.visit_id
  where a.kind = 'visit' and v.outcome = 'no_sale'
),
followed as (
  select
    f.followup_id as followup_id,
    f.staff_id as staff_id,
    f.done_at as done_at,
    f.visit_id as visit_id,
    case when f.visit_id is null then 'L:' || f.lead_id end as journey_id
  from exports.followups f
  where f.kind in ('call', 'sms', 'letter', 'offer') and day_of(f.done_at) <= least(f.imported_on, $as_of::date)
),
taken_up as (
  select f.followup_id as followup_id, f.staff_id as staff_id, f.done_at as done_at, n.visit_id as visit_id, n.journey_id as journey_id, n.visited_at as visited_at
  from followed f
  join no_sales n on n.visit_id = f.visit_id
  where n.visited_at <= f.done_at
  union all
  select f.followup_id as followup_id, f.staff_id as staff_id, f.done_at as done_at, n.visit_id as visit_id, n.journey_id as journey_id, n.visited_at as visited_at
  from followed f
  join no_sales n on n.journey_id = f.journey_id
  where n.visited_at <= f.done_at
),
answered as (
  select t.*, row_number() over (partition by t.followup_id order by t.visited_at desc, t.visit_id desc)::bigint as visit_place
  from taken_up t
),
first_answers as (
  select a.*, row_number() over (partition by a.visit_id order by a.done_at, a.followup_id)::bigint as answer_place
  from answered a
  where a.visit_place = 1
),
answer_orders as (
  select
    a.visit_id as visit_id,
    max((o.happened_at between a.visited_at and a.done_at)::int) as sold_before,
    argMin(
      case when o.happened_at > a.done_at and o.happened_on <= add_days(day_of(a.done_at), 30) then o.signed end,
      case when o.happened_at > a.done_at and o.happened_on <= add_days(day_of(a.done_at), 30) then o.act_no end
    ) as signed
  from first_answers a
  join orders o on o.journey_id = a.journey_id
  where a.answer_place = 1
  group by a.visit_id
),
named_places as (
  select distinct t.touchpoint_no as touchpoint_no, coalesce(t.store, '') as store_key
  from touches t
  join money_stores s on s.store is not distinct from t.store
  where
    s.upsells_from_on <= $as_of::date
    and t.staff_id is not null
    and t.touchpoint_no < 5
    and (t.touchpoint_no = 1 or (
      t.kind = 'visit' and t.happened_on between add_days(least($to::date, $as_of::date), -181) and least($to::date, $as_of::date)
    ))
),
sold as (
  select
    u.upsell_id as upsell_id,
    u.order_id as order_id,
    day_of(u.sold_at) as happened_on,
    u.amount as amount,
    u.staff_id as staff_id,
    case when u.co_staff_id is distinct from u.staff_id then u.co_staff_id end as co_staff_id
  from exports.upsells u
  where
    coalesce(u.outcome, 'sold') = 'sold'
    and day_of(u.sold_at) <= u.imported_on
    and day_of(u.sold_at) between $from::date and least($to::date, $as_of::date)
),
sold_by as (
  select s.*, s.staff_id as person from sold s
  union all
  select s.*, s.co_staff_id as person from sold s
),
rated as (
  select 'lead_visits' as figure, l.staff_id as staff_id, l.journey_id as unit_id, l.journey_id as journey_id, l.happened_on as happened_on,
    30::bigint as window_days, coalesce(l.came, false) as is_hit, case when l.bought then o.signed end as amount
  from led l
  left join orders o on o.order_id = l.order_id
  union all
  select 'lead_orders' as figure, l.staff_id as staff_id, l.journey_id as unit_id, l.journey_id as journey_id, l.happened_on as happened_on,
    30::bigint as window_days, coalesce(l.bought, false) as is_hit, case when l.bought then o.signed end as amount
  from led l
  left join orders o on o.order_id = l.order_id
  union all
  select 'visit_orders' as figure, c.staff_id as staff_id, c.visit_id as unit_id, c.journey_id as journey_id, c.happened_on as happened_on,
    30::bigint as window_days, (s.visit_id is not null) as is_hit, s.signed as amount
  from consulted c
  left join signed_after s on s.visit_id = c.visit_id
  union all
  select 'cancellations' as figure, o.staff_id as staff_id, o.order_id as unit_id, o.journey_id as journey_id, o.happened_on as happened_on,
    30::bigint as window_days, coalesce(o.cancelled_on <= least(add_days(o.happened_on, 30), $as_of::date), false) as is_hit, o.signed as amount
  from orders o
  where o.staff_id is not null and o.happened_on between $from::date and least($to::date, $as_of::date)
  union all
  select 'recovered' as figure, a.staff_id as staff_id, a.visit_id as unit_id, a.journey_id as journey_id, day_of(a.done_at) as happened_on,
    30::bigint as window_days, (o.signed is not null) as is_hit, o.signed as amount
  from first_answers a
  left join answer_orders o on o.visit_id = a.visit_id
  where
    a.answer_place = 1
    and a.staff_id is not null
    and coalesce(o.sold_before, 0) = 0
    and day_of(a.done_at) between $from::date and least($to::date, $as_of::date)
  union all
  select
    case t.touchpoint_no when 1 then 'sale' when 2 then 'shoot' when 3 then 'viewing' else 'pickup' end as figure,
    t.staff_id as staff_id, t.order_id as unit_id, t.journey_id as journey_id, t.happened_on as happened_on,
    0::bigint as window_days, (t.kind = 'sold') as is_hit, case when t.kind = 'sold' then t.amount end as amount
  from touches t
  join named_places p on p.touchpoint_no = t.touchpoint_no and p.store_key = coalesce(t.store, '')
  where t.staff_id is not null and t.happened_on between $from::date and least($to::date, $as_of::date)
  union all
  select 'co_sold' as figure, s.person as staff_id, s.upsell_id as unit_id, o.journey_id as journey_id, s.happened_on as happened_on,
    0::bigint as window_days, (s.staff_id is not null and s.co_staff_id is not null) as is_hit, s.amount as amount
  from sold_by s
  left join orders o on o.order_id = s.order_id
  where s.person is not null
)
select
  r.figure as figure,
  r.staff_id as staff_id,
  r.unit_id as unit_id,
  r.journey_id as journey_id,
  r.happened_on as happened_on,
  r.window_days as window_days,
  r.is_hit as is_hit,
  r.amount as amount
from rated r
