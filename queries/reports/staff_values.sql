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
-- uses: staff_acts
-- finish: fairValues
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
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
-- column store varchar: store in the list of staff, else the one of most units
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
with units as (
  select
    a.staff_id as staff_id,
    a.unit_id as unit_id,
    max(a.journey_id) as journey_id,
    coalesce(sum(a.amount), 0)::decimal(18,2) as amount
  from staff_acts a
  where a.figure = case when $figure::varchar = 'ticket' then 'cancellations' else $figure::varchar end
  group by a.staff_id, a.unit_id
),
cells as (
  select
    u.staff_id as staff_id,
    j.channel as channel,
    j.store as store,
    count(*)::bigint as base,
    sum(u.amount)::decimal(18,2) as amount
  from units u
  left join begun_journeys j on j.journey_id = u.journey_id
  group by u.staff_id, j.channel, j.store
),
beside as (
  select
    c.staff_id as staff_id,
    c.store as store,
    c.base as base,
    c.amount as amount,
    sum(c.base) over (partition by c.channel, c.store) - c.base as place_base,
    (sum(c.amount) over (partition by c.channel, c.store) - c.amount)::double as place_amount,
    sum(c.base) over (partition by c.channel) - sum(c.base) over (partition by c.staff_id, c.channel) as channel_base,
    (sum(c.amount) over (partition by c.channel) - sum(c.amount) over (partition by c.staff_id, c.channel))::double as channel_amount,
    sum(c.base) over () - sum(c.base) over (partition by c.staff_id) as other_base,
    (sum(c.amount) over () - sum(c.amount) over (partition by c.staff_id))::double as other_amount,
    sum(c.base) over (partition by c.staff_id, c.store) as store_base
  from cells c
),
expecting as (
  select
    b.*,
    case
      when b.place_base >= 30 then safe_ratio(b.place_amount, b.place_base)
      when b.channel_base >= 30 then safe_ratio(b.channel_amount, b.channel_base)
      else safe_ratio(b.other_amount, b.other_base)
    end as expected,
    row_number() over (partition by b.staff_id order by b.store_base desc, b.store nulls last)::bigint as store_place
  from beside b
),
people as (
  select
    e.staff_id as staff_id,
    max(case when e.store_place = 1 then e.store end) as store,
    sum(e.base)::bigint as base,
    sum(e.amount)::decimal(18,2) as amount,
    safe_ratio(sum(e.base * e.expected), sum(e.base)) as expected,
    sum(case when e.place_base < 30 then e.base else 0 end)::bigint as fallback_base
  from expecting e
  group by e.staff_id
),
weighed as (
  select u.amount::double as amount, avg(u.amount::double) over (partition by u.staff_id) as mean_amount
  from units u
),
scatter as (
  select
    safe_ratio(
      (select sum((w.amount - w.mean_amount) * (w.amount - w.mean_amount)) from weighed w),
      (select sum(p.base - 1) from people p)
    ) as variance
)
select
  p.staff_id::varchar as staff_id,
  (
    ($store::varchar is null or coalesce(s.store, p.store, '') = $store::varchar)
    and (length($viewer_stores::varchar[]) = 0 or is_in($viewer_stores::varchar[], coalesce(s.store, p.store, '')))
  )::boolean as asked,
  s.name::varchar as name,
  s.role::varchar as role,
  coalesce(s.store, p.store)::varchar as store,
  p.base::bigint as base,
  p.amount::decimal(18,2) as amount,
  money_per(p.amount, p.base)::decimal(18,2) as per_unit,
  sqrt(safe_ratio(c.variance, p.base))::double as error,
  money(p.expected)::decimal(18,2) as expected,
  p.fallback_base::bigint as fallback_base,
  (money_per(p.amount, p.base) - money(p.expected))::decimal(18,2) as raw_difference,
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
from people p
cross join scatter c
left join exports.staff s on s.staff_id = p.staff_id
order by p.staff_id
