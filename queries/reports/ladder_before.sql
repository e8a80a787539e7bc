-- Of the orders that came to a touchpoint, how many were offered something there and how many bought, by what they had done before.
-- The orders signed in the period, with all that became of them by as_of. Before are the touchpoints earlier on the path: at
-- one of them something was bought, or offered in vain, or nothing was offered; any stands for all of these together, and
-- alone at the order desk. Stores, filters and reached are those of upsell_ladder, so that any has its attach rate. What
-- bought before is compared with the others at the same touchpoint; who buys twice may simply like to buy, whatever was
-- offered first. Which are more than noise is decided over all rows together (Benjamini & Hochberg 1995, JRSS B 57:289).
-- grain: segment, touchpoint_no, past
-- audience: owner, manager stores, marketer
-- uses: ladder_levels, ladder_past
-- finish: beforeVerdicts
-- param from date default first_day: first business day of the orders, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort) default cohort: what became of the orders signed in the period
-- param by varchar optional segment: field of the order's journey
-- param where varchar[] filters: entries field=value, of the order's journey
-- rows reached: ladder_rows
-- rows offered_orders, offered_rate: ladder_rows only='offered_there'
-- rows bought, attach_rate, taken_rate: ladder_rows only='attached'
-- formula offered_rate: offered_orders / reached
-- formula attach_rate: bought / reached
-- formula taken_rate: bought / offered_orders
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column touchpoint_no bigint not null: 1 to 4
-- column touchpoint varchar not null: sale, shoot, viewing, pickup
-- column past varchar not null: any, or at an earlier touchpoint: bought, declined, not_offered
-- column reached bigint not null: orders that reached it, in the stores that can say so
-- column offered_orders bigint not null: of them, those to which something was offered there
-- column offered_rate double: offered_orders / reached
-- column offered_low double: lower end of Wilson's 95 % interval
-- column offered_high double: upper end of Wilson's 95 % interval
-- column bought bigint not null: of them, those to which at least one was sold there
-- column attach_rate double: bought / reached
-- column attach_low double: lower end of Wilson's 95 % interval
-- column attach_high double: upper end of Wilson's 95 % interval
-- column taken_rate double: bought / offered_orders
-- column taken_low double: lower end of Wilson's 95 % interval
-- column taken_high double: upper end of Wilson's 95 % interval
-- column rest_reached bigint not null: orders with another past that reached it; 0 for any
-- column rest_bought bigint not null: of them, those to which at least one was sold there
-- column difference double: attach_rate - rest_bought / rest_reached
-- column difference_low double: lower end of Newcombe's 95 % interval
-- column difference_high double: upper end of Newcombe's 95 % interval
-- column p double: two-sided probability of at least this difference by chance; null where too few
-- column verdict varchar: more_than_noise, within_noise or too_few (fewer than 10 expected to buy on either side); null for any
with counted as (
  select
    p.segment as segment,
    p.level as level,
    p.past as past,
    count(*)::bigint as reached,
    sum((p.offered > 0)::int)::bigint as offered_orders,
    sum(p.is_sold)::bigint as bought
  from ladder_past p
  where p.is_reached = 1 and p.has_source = 1
  group by p.segment, p.level, p.past
),
wholes as (
  select c.segment as segment, c.level as level, sum(c.reached)::bigint as reached, sum(c.offered_orders)::bigint as offered_orders, sum(c.bought)::bigint as bought
  from counted c
  group by c.segment, c.level
),
rows_of as (
  select
    w.segment as segment, w.level as level, 'any' as past, w.reached as reached, w.offered_orders as offered_orders, w.bought as bought,
    0::bigint as rest_reached, 0::bigint as rest_bought
  from wholes w
  union all
  select
    c.segment as segment, c.level as level, c.past as past, c.reached as reached, c.offered_orders as offered_orders, c.bought as bought,
    w.reached - c.reached as rest_reached, w.bought - c.bought as rest_bought
  from counted c
  join wholes w on w.segment is not distinct from c.segment and w.level = c.level
  where c.past is not null
)
select
  r.segment::varchar as segment,
  r.level::bigint as touchpoint_no,
  l.touchpoint::varchar as touchpoint,
  r.past::varchar as past,
  r.reached::bigint as reached,
  r.offered_orders::bigint as offered_orders,
  safe_ratio(r.offered_orders, r.reached)::double as offered_rate,
  wilson_low(r.offered_orders, r.reached)::double as offered_low,
  wilson_high(r.offered_orders, r.reached)::double as offered_high,
  r.bought::bigint as bought,
  safe_ratio(r.bought, r.reached)::double as attach_rate,
  wilson_low(r.bought, r.reached)::double as attach_low,
  wilson_high(r.bought, r.reached)::double as attach_high,
  safe_ratio(r.bought, r.offered_orders)::double as taken_rate,
  wilson_low(r.bought, r.offered_orders)::double as taken_low,
  wilson_high(r.bought, r.offered_orders)::double as taken_high,
  r.rest_reached::bigint as rest_reached,
  r.rest_bought::bigint as rest_bought,
  (safe_ratio(r.bought, r.reached) - safe_ratio(r.rest_bought, r.rest_reached))::double as difference,
  newcombe_low(r.bought, r.reached, r.rest_bought, r.rest_reached)::double as difference_low,
  newcombe_high(r.bought, r.reached, r.rest_bought, r.rest_reached)::double as difference_high,
  null::double as p,
  case
    when r.past = 'any' then null
    when least(r.reached, r.rest_reached) * (r.bought + r.rest_bought) < 10 * (r.reached + r.rest_reached) then 'too_few'
    else 'within_noise'
  end::varchar as verdict
from rows_of r
join ladder_levels l on l.level = r.level
order by r.segment nulls last, r.level, case r.past when 'any' then 0 when 'bought' then 1 when 'declined' then 2 else 3 end
