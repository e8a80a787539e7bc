-- What each person did at their desk in a period, period by period: units, successes, rate with interval, money.
-- Inviters: leads that came to a visit (lead_visits) or an order (lead_orders) within 30 days. Sellers: consultations that
-- an order followed within 30 days, whoever signed it (visit_orders); orders signed, of which called off as a whole within
-- 30 days (cancellations), their money per unit is the ticket. Order desk, shoot, viewing, pickup: orders that this person
-- signed, received there or made an offer, and to how many they sold something; money per unit is the value of a viewing.
-- co_sold: upsells sold, and how many of them two people sold. recovered: consultations without a sale that this person was
-- the first to take up again by call, message, letter or offer, and how many signed within 30 days. A unit counts where it
-- began; until it is 30 days old and without success it is unfinished: rates of young periods can still grow. Units that
-- name nobody, and touchpoints of stores that do not say who was there, are left out. A manager sees the people of
-- the own stores (see staff_members).
-- grain: staff_id, figure, starts_on
-- audience: owner, manager stores, staff own
-- viewer: in the text
-- uses: staff_acts, staff_homes
-- finish: meanIntervals
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param grain varchar (all | week | month | quarter) default all: length of one row; what the period cuts is given in part
-- param staff varchar optional: only this person
-- param store varchar optional: only people of this store
-- rows base: staff_rows staff=staff_id
-- rows unfinished: staff_rows staff=staff_id only='unfinished'
-- rows amount, per_unit when figure = cancellations | co_sold: staff_rows staff=staff_id
-- rows hits, rate, amount, per_unit, per_hit: staff_rows staff=staff_id only='hits'
-- formula rate: hits / base
-- formula per_unit: amount / base
-- formula per_hit: amount / hits
-- column staff_id varchar not null: who
-- column name varchar: name in the list of staff
-- column role varchar: desk in the list of staff
-- column store varchar: store in the list of staff, else the one of more than half of what they ever did
-- column own_desk boolean not null: the figure is one of that desk; true for people without a desk
-- column figure_no bigint not null: order of the figures, 1 to 10
-- column figure varchar not null: lead_visits, lead_orders, visit_orders, cancellations, sale, shoot, viewing, pickup, co_sold or recovered
-- column starts_on date not null: first business day of the row
-- column ends_on date not null: last business day of the row
-- column base bigint not null: units
-- column hits bigint not null: of those, successes up to as_of
-- column unfinished bigint not null: units without success that are not 30 days old
-- column too_early boolean not null: fewer than 10 units: one more or less would turn the rate by ten points
-- column rate double not null: hits / base
-- column rate_low double not null: lower end of Wilson's 95 % interval
-- column rate_high double not null: upper end of Wilson's 95 % interval
-- column amount decimal(18,2) not null: money of the successes: orders signed, upsells sold; cancellations and co_sold: of all units
-- column per_unit decimal(18,2): amount per unit
-- column per_unit_error double: its standard error; null for one unit
-- column per_unit_low decimal(18,2): lower end of Student's 95 % interval of the mean
-- column per_unit_high decimal(18,2): upper end of Student's 95 % interval of the mean
-- column per_hit decimal(18,2): amount per success; null for cancellations and co_sold
-- column one_more_hits double: one more success in ten units, as far as there are units without one; null for cancellations and co_sold
-- column one_more_amount decimal(18,2): what these would bring at per_hit; null without a success
with figures as (
  select f.figure_no::bigint as figure_no, f.figure as figure, f.role as role, f.is_sale = 1 as is_sale
  from (
    values
      (1, 'lead_visits', 'inviter', 1), (2, 'lead_orders', 'inviter', 1), (3, 'visit_orders', 'seller', 1),
      (4, 'cancellations', 'seller', 0), (5, 'sale', 'seller', 1), (6, 'shoot', 'floor', 1), (7, 'viewing', 'viewing', 1),
      (8, 'pickup', 'pickup', 1), (9, 'co_sold', '', 0), (10, 'recovered', 'service', 1)
  ) f(figure_no, figure, role, is_sale)
),
dated as (
  select
    a.*,
    month_start(a.happened_on) as month_on,
    (extract(month from a.happened_on)::bigint % 3) as month_of_quarter
  from staff_acts a
  where
    ($staff::varchar is null or a.staff_id = $staff::varchar)
    and ($viewer_staff::varchar is null or a.staff_id = $viewer_staff::varchar)
),
begun as (
  select
    d.*,
    case $grain::varchar
      when 'week' then week_start(d.happened_on)
      when 'month' then d.month_on
      when 'quarter' then case d.month_of_quarter when 1 then d.month_on when 2 then month_start(add_days(d.month_on, -15)) else month_start(add_days(d.month_on, -45)) end
      else $from::date
    end as whole_from
  from dated d
),
units as (
  select
    b.figure as figure,
    b.staff_id as staff_id,
    b.whole_from as whole_from,
    b.unit_id as unit_id,
    max(b.is_hit::int)::bigint as is_hit,
    max((b.window_days > 0 and not b.is_hit and days_between(b.happened_on, $as_of::date) < b.window_days)::int)::bigint as is_unfinished,
    coalesce(sum(b.amount), 0)::decimal(18,2) as amount
  from begun b
  group by b.figure, b.staff_id, b.whole_from, b.unit_id
),
weighed as (
  select u.*, safe_ratio(sum(u.amount) over of_one, count(*) over of_one) as mean_amount
  from units u
  window of_one as (partition by u.figure, u.staff_id, u.whole_from)
),
counted as (
  select
    w.figure as figure,
    w.staff_id as staff_id,
    w.whole_from as whole_from,
    count(*)::bigint as base,
    sum(w.is_hit)::bigint as hits,
    sum(w.is_unfinished)::bigint as unfinished,
    sum(w.amount)::decimal(18,2) as amount,
    case
      when count(*) > 1
        then sqrt(safe_ratio(steady_sum((w.amount::double - w.mean_amount) * (w.amount::double - w.mean_amount)), count(*)::double * (count(*)::double - 1e0)))
    end as per_unit_error
  from weighed w
  group by w.figure, w.staff_id, w.whole_from
),
rated as (
  select
    c.*,
    f.figure_no as figure_no,
    f.role as desk,
    f.is_sale as is_sale,
    case $grain::varchar
      when 'week' then add_days(c.whole_from, 6)
      when 'month' then add_days(month_start(add_days(c.whole_from, 31)), -1)
      when 'quarter' then add_days(month_start(add_days(c.whole_from, 95)), -1)
      else $to::date
    end as whole_to,
    case when f.is_sale then least(safe_ratio(c.base, 10), (c.base - c.hits)::double) end as one_more_hits
  from counted c
  join figures f on f.figure = c.figure
)
select
  r.staff_id::varchar as staff_id,
  s.name::varchar as name,
  s.role::varchar as role,
  s.store::varchar as store,
  coalesce(s.role = r.desk or (r.desk = '' and s.role in ('seller', 'floor', 'viewing', 'pickup')), true)::boolean as own_desk,
  r.figure_no::bigint as figure_no,
  r.figure::varchar as figure,
  greatest(r.whole_from, $from::date)::date as starts_on,
  least(r.whole_to, $to::date)::date as ends_on,
  r.base::bigint as base,
  r.hits::bigint as hits,
  r.unfinished::bigint as unfinished,
  (r.base < 10)::boolean as too_early,
  safe_ratio(r.hits, r.base)::double as rate,
  wilson_low(r.hits, r.base)::double as rate_low,
  wilson_high(r.hits, r.base)::double as rate_high,
  r.amount::decimal(18,2) as amount,
  money_per(r.amount, r.base)::decimal(18,2) as per_unit,
  r.per_unit_error::double as per_unit_error,
  null::decimal(18,2) as per_unit_low,
  null::decimal(18,2) as per_unit_high,
  case when r.is_sale then money_per(r.amount, r.hits) end::decimal(18,2) as per_hit,
  r.one_more_hits::double as one_more_hits,
  money(safe_ratio(r.amount, r.hits) * r.one_more_hits)::decimal(18,2) as one_more_amount
from rated r
left join staff_homes s on s.staff_id = r.staff_id
where
  ($store::varchar is null or coalesce(s.store, '') = $store::varchar)
  and (length($viewer_stores::varchar[]) = 0 or is_in($viewer_stores::varchar[], coalesce(s.store, '')))
order by r.staff_id, r.figure_no, r.whole_from
