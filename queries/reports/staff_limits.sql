-- How far rates lie apart by chance alone, by how many units they are of: the limits of a funnel plot.
-- Of a figure of staff_comparison the rate of everybody together, and for some numbers of units between which rates 95 % and
-- 99.8 % of people would stand who do no better and no worse (Spiegelhalter 2005, Statistics in Medicine 24:1185). The
-- numbers of units lie closer to each other where they are small, since there the limits bend. To a manager everybody is
-- who is of the own stores.
-- grain: base
-- audience: owner, manager stores
-- viewer: in the text
-- uses: staff_units, staff_homes
-- param from date default compared_from: first business day, inclusive
-- param to date default compared_to: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param figure varchar (visit_orders | lead_visits | lead_orders | cancellations | sale | shoot | viewing | pickup | co_sold | recovered) default visit_orders: of what
-- param up_to bigint (1 .. 1000000000) default 1000: most units
-- column base bigint not null: units
-- column house_rate double not null: hits / base of everybody
-- column low double not null: with so many units, 95 % of people stand above this …
-- column high double not null: … and below this
-- column far_low double not null: the same for 99.8 %
-- column far_high double not null: the same for 99.8 %
with house as (
  select safe_ratio(sum(u.hits), count(*)) as rate
  from staff_units u
  left join staff_homes s on s.staff_id = u.staff_id
  where length($viewer_stores::varchar[]) = 0 or is_in($viewer_stores::varchar[], coalesce(s.store, ''))
),
numbers as (
  select distinct greatest(whole(safe_ratio($up_to::bigint * g.generate_series::bigint * g.generate_series::bigint, 1600)), 1) as base
  from generate_series(1, 40) g
)
select
  n.base::bigint as base,
  h.rate::double as house_rate,
  chance_low(h.rate, n.base, 1.959963984540054e0)::double as low,
  chance_high(h.rate, n.base, 1.959963984540054e0)::double as high,
  chance_low(h.rate, n.base, 3.090232306167813e0)::double as far_low,
  chance_high(h.rate, n.base, 3.090232306167813e0)::double as far_high
from numbers n
cross join house h
where h.rate is not null
order by n.base
