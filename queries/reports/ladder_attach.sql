-- What is bought together: each two items sold to one order, and each item with the package of the order.
-- The orders signed in the period, with all that was sold to them by as_of. Of two items only the orders count to which both
-- could have been sold: that came to a touchpoint at which the one, and to one at which the other, was offered to anybody.
-- Expected is how many would have both if one told nothing of the other. The interval of the lift is that of its logarithm
-- (delta method, with a half added to the counts, as in Gart 1966, Biometrika 53:173), and so is p. Fewer than 10 expected with
-- both, with one alone, with the other alone or with neither: too few to say. Which are more than noise is decided over all
-- pairs together (Benjamini & Hochberg 1995, JRSS B 57:289). What sells together need not sell each other.
-- grain: kind, value, item
-- audience: owner, manager stores
-- uses: attach_orders, attach_sold, attach_eligible
-- finish: attachVerdicts
-- param from date default first_day: first business day of the orders, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort) default cohort: what became of the orders signed in the period
-- param by varchar (item) default item: what is told apart
-- param where varchar[] filters: entries field=value, of the order's journey
-- rows base: attach_rows only='base'
-- rows with_value: attach_rows only='with_value'
-- rows with_item: attach_rows only='with_item'
-- rows both, lift: attach_rows only='both'
-- formula expected: with_value * with_item / base
-- formula lift: both / expected
-- column kind varchar not null: item: two items; package: a package and an item
-- column value varchar not null: the one item, or the package
-- column item varchar not null: the other item; of two items the later by name
-- column base bigint not null: orders to which both could have been sold
-- column with_value bigint not null: of them, with the one item, or of the package
-- column with_item bigint not null: of them, with the other item
-- column both bigint not null: of them, with both
-- column expected double not null: with_value · with_item / base
-- column lift double: both / expected; null where nothing is expected
-- column lift_low double: lower end of its 95 % interval
-- column lift_high double: upper end of it
-- column z double: logarithm of the lift in its standard errors; null where too few
-- column p double: two-sided probability of at least this lift by chance; null where too few
-- column verdict varchar not null: more_than_noise, within_noise or too_few
with orders_by as materialized (
  select o.mask as mask, o.package as package, count(*)::bigint as orders
  from attach_orders o
  group by o.mask, o.package
),
sold_by as materialized (
  select s.item as item, o.mask as mask, o.package as package, count(*)::bigint as orders
  from attach_sold s
  join attach_orders o on o.order_id = s.order_id
  group by s.item, o.mask, o.package
),
all_by as (
  select o.mask as mask, sum(o.orders)::bigint as orders, sum(case when o.package is not null then o.orders else 0 end)::bigint as packaged
  from orders_by o
  group by o.mask
),
item_by as materialized (
  select s.item as item, s.mask as mask, sum(s.orders)::bigint as orders, sum(case when s.package is not null then s.orders else 0 end)::bigint as packaged
  from sold_by s
  group by s.item, s.mask
),
pair_by as (
  select a.item as value, b.item as item, o.mask as mask, count(*)::bigint as orders
  from attach_sold a
  join attach_sold b on b.order_id = a.order_id
  join attach_orders o on o.order_id = a.order_id
  where a.item < b.item
  group by a.item, b.item, o.mask
),
packages as (
  select distinct o.package as package
  from orders_by o
  where o.package is not null
),
counted as (
  select
    'item' as kind,
    a.item as value,
    b.item as item,
    sum(n.orders)::bigint as base,
    sum(coalesce(x.orders, 0))::bigint as with_value,
    sum(coalesce(y.orders, 0))::bigint as with_item,
    sum(coalesce(p.orders, 0))::bigint as both
  from attach_eligible a
  join attach_eligible b on b.mask = a.mask
  join all_by n on n.mask = a.mask
  left join item_by x on x.item = a.item and x.mask = a.mask
  left join item_by y on y.item = b.item and y.mask = a.mask
  left join pair_by p on p.value = a.item and p.item = b.item and p.mask = a.mask
  where a.item < b.item
  group by a.item, b.item
  union all
  select
    'package' as kind,
    p.package as value,
    b.item as item,
    sum(n.packaged)::bigint as base,
    sum(coalesce(x.orders, 0))::bigint as with_value,
    sum(coalesce(y.packaged, 0))::bigint as with_item,
    sum(coalesce(s.orders, 0))::bigint as both
  from attach_eligible b
  cross join packages p
  join all_by n on n.mask = b.mask
  left join orders_by x on x.package = p.package and x.mask = b.mask
  left join item_by y on y.item = b.item and y.mask = b.mask
  left join sold_by s on s.item = b.item and s.mask = b.mask and s.package = p.package
  group by p.package, b.item
),
figures as (
  select
    c.*,
    safe_ratio(c.with_value::double * c.with_item, c.base) as expected,
    c.both + 0.5e0 as n11,
    c.with_value + 0.5e0 as n1,
    c.with_item + 0.5e0 as n2,
    c.base + 0.5e0 as n
  from counted c
  where c.base > 0
),
spread as (
  select
    f.*,
    ln(f.n11 * f.n / (f.n1 * f.n2)) as log_lift,
    sqrt(greatest(1e0 / f.n11 - 1e0 / f.n1 - 1e0 / f.n2 + (2e0 * f.n11 * f.n / (f.n1 * f.n2) - 1e0) / f.n, 0e0)) as error,
    least(f.expected, f.with_value - f.expected, f.with_item - f.expected, f.base - f.with_value - f.with_item + f.expected) >= 10 - 1e-9 as is_enough
  from figures f
)
select
  s.kind::varchar as kind,
  s.value::varchar as value,
  s.item::varchar as item,
  s.base::bigint as base,
  s.with_value::bigint as with_value,
  s.with_item::bigint as with_item,
  s.both::bigint as both,
  s.expected::double as expected,
  safe_ratio(s.both, s.expected)::double as lift,
  case when s.is_enough then least(exp(s.log_lift - 1.959963984540054e0 * s.error), safe_ratio(s.both, s.expected)) end::double as lift_low,
  case when s.is_enough then greatest(exp(s.log_lift + 1.959963984540054e0 * s.error), safe_ratio(s.both, s.expected)) end::double as lift_high,
  case when s.is_enough then safe_ratio(s.log_lift, s.error) end::double as z,
  null::double as p,
  case when s.is_enough then 'within_noise' else 'too_few' end::varchar as verdict
from spread s
order by s.kind, s.value, s.item
