-- What people's orders and upsells are worth on average, beside what was to be expected of their mix of channels and stores.
-- ticket: money of an order signed. sale, shoot, viewing, pickup: money sold beyond the order at that touchpoint, per order
-- received there, 0 included; units are those of staff_figures. Expected is the mean, over one's units, of what all others
-- have per unit with the same channel and store; where those have fewer than 30 units, with the same channel; where these are
-- too few as well, of all others. Single units are taken to scatter alike for everybody. Each person's true mean is taken to
-- be drawn from a normal distribution around what is expected of them, of a width that is not known and averaged over (Efron
-- & Morris 1975, JASA 70:311; Gelman 2006, Bayesian Analysis 1:515). The shrunken mean draws the raw one towards the
-- expectation, the more the fewer the units. Ranks as in staff_comparison.
-- grain: staff_id
-- audience: owner, manager stores
-- viewer: in the text
-- uses: staff_units, staff_expectations, staff_homes
-- finish: fairValues
-- param from date default compared_from: first business day, inclusive
-- param to date default compared_to: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param figure varchar (ticket | sale | shoot | viewing | pickup) default ticket: what is compared
-- param store varchar optional: only the people of this store; they are compared with everybody all the same
-- rows base, amount, per_unit when $figure = ticket: staff_rows staff=staff_id figure='cancellations'
-- rows base, amount, per_unit: staff_rows staff=staff_id
-- formula per_unit: amount / base
-- column staff_id varchar not null: who
-- column asked boolean not null: of this person the row was asked, by somebody who may see it; only such rows come back
-- column name varchar: name in the list of staff
-- column role varchar: desk in the list of staff
-- column store varchar: store in the list of staff, else the one of more than half of what they ever did
-- column base bigint not null: units
-- column amount decimal(18,2) not null: money of all units
-- column per_unit decimal(18,2) not null: amount / base
-- column error double: standard error of per_unit; null where nobody has two units
-- column expected decimal(18,2): per_unit to be expected; null where nobody else has units
-- column fallback_base bigint not null: units whose channel and store have fewer than 30 units of others
-- column raw_difference decimal(18,2): per_unit - expected
-- column shrunken decimal(18,2): mean of what is known of the true mean
-- column difference decimal(18,2): shrunken - expected
-- column difference_low decimal(18,2): lower end of its 95 % interval
-- column difference_high decimal(18,2): upper end of its 95 % interval
-- column verdict varchar: above, as_expected, below, too_early (fewer than 10 units), not_separable (from the store: over half of the units fell back), nobody_else
-- column rank bigint: place by the difference, the highest first; null where others may hold it
-- column rank_low bigint: best place of the 95 % interval
-- column rank_high bigint: worst place of the 95 % interval
-- column alike bigint: others who are ranked and of whom it is not 97.5 % sure whether they stand above or below
-- column ranked bigint not null: people who are ranked
with weighed as (
  select u.amount::double as amount, safe_ratio(sum(u.amount) over of_one, count(*) over of_one) as mean_amount
  from staff_units u
  window of_one as (partition by u.staff_id)
),
scatter as (
  select
    safe_ratio(
      (select steady_sum((w.amount - w.mean_amount) * (w.amount - w.mean_amount)) from weighed w),
      (select sum(p.base - 1) from staff_expectations p)
    ) as variance
)
select
  p.staff_id::varchar as staff_id,
  (
    ($store::varchar is null or coalesce(s.store, '') = $store::varchar)
    and (length($viewer_stores::varchar[]) = 0 or is_in($viewer_stores::varchar[], coalesce(s.store, '')))
  )::boolean as asked,
  s.name::varchar as name,
  s.role::varchar as role,
  s.store::varchar as store,
  p.base::bigint as base,
  p.amount::decimal(18,2) as amount,
  money_per(p.amount, p.base)::decimal(18,2) as per_unit,
  sqrt(safe_ratio(c.variance, p.base))::double as error,
  money(p.expected_amount)::decimal(18,2) as expected,
  p.fallback_base::bigint as fallback_base,
  (money_per(p.amount, p.base) - money(p.expected_amount))::decimal(18,2) as raw_difference,
  null::decimal(18,2) as shrunken,
  null::decimal(18,2) as difference,
  null::decimal(18,2) as difference_low,
  null::decimal(18,2) as difference_high,
  null::varchar as verdict,
  null::bigint as rank,
  null::bigint as rank_low,
  null::bigint as rank_high,
  null::bigint as alike,
  0::bigint as ranked
from staff_expectations p
cross join scatter c
left join staff_homes s on s.staff_id = p.staff_id
order by p.staff_id
