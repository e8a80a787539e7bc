-- Why the orders signed in a period are not those of the journeys begun in it: five parts that add up to all of them.
-- Every order signed in the period stands in exactly one part: as the first order of a journey, by that journey's kind and
-- beginning, else as a repeat order. Journeys that begin after the period's orders have bad dates. A period that ends
-- after as_of ends there.
-- grain: segment, part_no
-- audience: owner, manager stores, marketer
-- uses: asked_entries
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- rows orders, share, amount when part = repeat: money_rows part='repeat_orders'
-- rows orders, share, amount when part = total: money_rows part='signed'
-- rows orders, share, amount: money_rows part='first_orders' origin=part
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column part_no bigint not null: 1 to 6
-- column part varchar not null: this_period, older, later, unannounced, repeat or total
-- column orders bigint not null: orders signed in the period
-- column share double: of all orders of the segment, those of this part; null without orders
-- column share_before double: of all orders of the segment, those of the parts above it; 0 for the total, null without orders
-- column amount decimal(18,2) not null: their amounts as signed
with parts as (
  select p.part_no::bigint as part_no, p.part as part
  from (
    values (1, 'this_period'), (2, 'older'), (3, 'later'), (4, 'unannounced'), (5, 'repeat'), (6, 'total')
  ) p(part_no, part)
),
orders as (
  select
    e.segment as segment,
    case
      when e.kind = 'repeat_order' then 5
      when e.journey_kind = 'unannounced' then 4
      when e.journey_began_on < $from::date then 2
      when e.journey_began_on <= least($to::date, $as_of::date) then 1
      else 3
    end as part_no,
    e.amount as amount
  from asked_entries e
  where e.kind in ('first_order', 'repeat_order') and e.happened_on between $from::date and least($to::date, $as_of::date)
),
counted as (
  select o.segment as segment, o.part_no as part_no, count(*)::bigint as orders, sum(o.amount)::decimal(18,2) as amount
  from orders o
  group by o.segment, o.part_no
  union all
  select 'all' as segment, 6 as part_no, 0::bigint as orders, 0::decimal(18,2) as amount
  where $by::varchar is null
)
select
  c.segment::varchar as segment,
  p.part_no::bigint as part_no,
  p.part::varchar as part,
  coalesce(sum(case when p.part_no in (c.part_no, 6) then c.orders end), 0)::bigint as orders,
  safe_ratio(sum(case when p.part_no in (c.part_no, 6) then c.orders else 0 end), sum(c.orders))::double as share,
  safe_ratio(sum(case when c.part_no < p.part_no and p.part_no < 6 then c.orders else 0 end), sum(c.orders))::double as share_before,
  coalesce(sum(case when p.part_no in (c.part_no, 6) then c.amount end), 0)::decimal(18,2) as amount
from counted c
cross join parts p
group by c.segment, p.part_no, p.part
order by c.segment nulls last, p.part_no
