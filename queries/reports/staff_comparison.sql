-- How people of one desk do, beside what was to be expected of their mix of channels and stores.
-- Units are those of the period that are at least 30 days old at as_of: consultations of the seller, or leads of the
-- inviter; success is an order (lead_visits: a visit) within 30 days, whoever signed it; of upsells, cancellations and
-- follow-ups see staff_figures. Expected is the mean, over one's units, of the rate of all others with the same channel and
-- store; where those have fewer than 30 units, with the same channel; where these are too few as well, of all others. Units
-- that name nobody are left out. Each person's true rate is taken to be drawn from a Beta distribution around what is
-- expected of them, as precise as all hits together make most likely. The shrunken rate draws the raw one towards the
-- expectation, the more the fewer the units; its interval also allows for the precision not being known. A rank is given only
-- where the 95 % interval of places holds a single one of several; nobody is ranked who is too early to tell or cannot be
-- separated from the store. Places are those of the difference: a rate is no merit where the mix is easy; of cancellations
-- the fewest stand first. Somebody of the staff is compared only where at least five others have units: of fewer the
-- comparison would tell what one of them reaches.
-- grain: staff_id
-- audience: owner, manager stores, staff own
-- viewer: in the text
-- uses: staff_acts
-- finish: fairComparison
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param figure varchar (visit_orders | lead_visits | lead_orders | cancellations | sale | shoot | viewing | pickup | co_sold | recovered) default visit_orders: what is compared
-- param against varchar (mix | all) default mix: expected of one's own mix, or one rate of everybody, fitted
-- param staff varchar optional: only this person's row; of the others no more than the quartiles
-- param store varchar optional: only the people of this store; they are compared with everybody all the same
-- rows base: staff_rows staff=staff_id only='known'
-- rows hits, rate: staff_rows staff=staff_id only='known_hits'
-- formula rate: hits / base
-- column staff_id varchar not null: who
-- column asked boolean not null: of this person the row was asked, by somebody who may see it; only such rows come back
-- column open boolean not null: false where fewer than five others have units and somebody of the staff asks: then nothing is compared
-- column name varchar: name in the list of staff
-- column role varchar: desk in the list of staff
-- column store varchar: store in the list of staff, else the one of most units
-- column base bigint not null: units old enough
-- column hits bigint not null: of those, successes
-- column rate double not null: hits / base
-- column rate_low double not null: lower end of Wilson's 95 % interval
-- column rate_high double not null: upper end of Wilson's 95 % interval
-- column expected double: rate to be expected; null where nobody else has units or the comparison is not open
-- column fallback_base bigint not null: units whose channel and store have fewer than 30 units of others
-- column precision double: units that weigh as much as the expectation; null where people do not differ more than by chance
-- column raw_difference double: rate - expected
-- column shrunken double: (precision * expected + hits) / (precision + base)
-- column shrunken_low double: lower end of its 95 % interval
-- column shrunken_high double: upper end of its 95 % interval
-- column difference double: shrunken - expected
-- column difference_low double: shrunken_low - expected
-- column difference_high double: shrunken_high - expected
-- column verdict varchar: above, as_expected, below, too_early (fewer than 10 successes or failures expected), not_separable (from the store: over half of the units fell back), nobody_else, too_few_people (not open)
-- column rank bigint: place by the difference, the highest (of cancellations the lowest) first; null where others may hold it
-- column rank_low bigint: best place of the 95 % interval
-- column rank_high bigint: worst place of the 95 % interval
-- column alike bigint: others who are ranked and of whom it is not 97.5 % sure whether they stand above or below
-- column ranked bigint not null: people who are ranked
-- column colleagues bigint not null: the others among them
-- column colleagues_low double: lower quartile of the colleagues' differences; null for fewer than five
-- column colleagues_middle double: their median
-- column colleagues_high double: upper quartile
-- column adjusted double: house_rate * rate / expected, the rate at the house's mix; null where 0 is expected, or it is not open
-- column house_rate double: hits / base of everybody; null where it is not open, like the four that follow
-- column funnel_low double: with so many units, 95 % of rates at the house's mix lie above this by chance alone …
-- column funnel_high double: … and below this (Spiegelhalter 2005, Statistics in Medicine 24:1185)
-- column funnel_far_low double: the same for 99.8 %
-- column funnel_far_high double: the same for 99.8 %
with units as (
  select a.staff_id as staff_id, a.unit_id as unit_id, max(a.journey_id) as journey_id, max(a.is_hit::int)::bigint as hits
  from staff_acts a
  where a.figure = $figure::varchar and days_between(a.happened_on, $as_of::date) >= a.window_days
  group by a.staff_id, a.unit_id
),
placed as (
  select u.staff_id as staff_id, j.channel as channel, j.store as store, u.hits as hits
  from units u
  left join begun_journeys j on j.journey_id = u.journey_id
),
cells as (
  select p.staff_id as staff_id, p.channel as channel, p.store as store, count(*)::bigint as base, sum(p.hits)::bigint as hits
  from placed p
  group by p.staff_id, p.channel, p.store
),
beside as (
  select
    c.staff_id as staff_id,
    c.store as store,
    c.base as base,
    c.hits as hits,
    sum(c.base) over (partition by c.channel, c.store) - c.base as place_base,
    sum(c.hits) over (partition by c.channel, c.store) - c.hits as place_hits,
    sum(c.base) over (partition by c.channel) - sum(c.base) over (partition by c.staff_id, c.channel) as channel_base,
    sum(c.hits) over (partition by c.channel) - sum(c.hits) over (partition by c.staff_id, c.channel) as channel_hits,
    sum(c.base) over () - sum(c.base) over (partition by c.staff_id) as other_base,
    sum(c.hits) over () - sum(c.hits) over (partition by c.staff_id) as other_hits,
    sum(c.base) over () as house_base,
    sum(c.hits) over () as house_hits,
    sum(c.base) over (partition by c.staff_id, c.store) as store_base
  from cells c
),
expecting as (
  select
    b.*,
    case
      when b.place_base >= 30 then safe_ratio(b.place_hits, b.place_base)
      when b.channel_base >= 30 then safe_ratio(b.channel_hits, b.channel_base)
      else safe_ratio(b.other_hits, b.other_base)
    end as expected,
    row_number() over (partition by b.staff_id order by b.store_base desc, b.store nulls last)::bigint as store_place
  from beside b
),
people as (
  select
    e.staff_id as staff_id,
    max(case when e.store_place = 1 then e.store end) as store,
    sum(e.base)::bigint as base,
    sum(e.hits)::bigint as hits,
    safe_ratio(sum(e.base * e.expected), sum(e.base)) as expected,
    sum(case when e.place_base < 30 then e.base else 0 end)::bigint as fallback_base,
    max(e.house_base)::bigint as house_base,
    max(e.house_hits)::bigint as house_hits
  from expecting e
  group by e.staff_id
),
rated as (
  select
    p.*,
    safe_ratio(p.hits, p.base) as rate,
    safe_ratio(p.house_hits, p.house_base) as house_rate,
    count(*) over ()::bigint as people
  from people p
),
shown as (
  select
    r.*,
    ($viewer_staff::varchar is null or r.people > 5) as is_open,
    case when $viewer_staff::varchar is null or r.people > 5 then r.house_rate end as shown_rate
  from rated r
)
select
  r.staff_id::varchar as staff_id,
  (
    coalesce(r.staff_id = $staff::varchar, true)
    and ($store::varchar is null or coalesce(s.store, r.store, '') = $store::varchar)
    and coalesce(r.staff_id = $viewer_staff::varchar, true)
    and (length($viewer_stores::varchar[]) = 0 or is_in($viewer_stores::varchar[], coalesce(s.store, r.store, '')))
  )::boolean as asked,
  r.is_open::boolean as open,
  s.name::varchar as name,
  s.role::varchar as role,
  coalesce(s.store, r.store)::varchar as store,
  r.base::bigint as base,
  r.hits::bigint as hits,
  r.rate::double as rate,
  wilson_low(r.hits, r.base)::double as rate_low,
  wilson_high(r.hits, r.base)::double as rate_high,
  case when $against::varchar = 'mix' then r.expected end::double as expected,
  r.fallback_base::bigint as fallback_base,
  null::double as precision,
  null::double as raw_difference,
  null::double as shrunken,
  null::double as shrunken_low,
  null::double as shrunken_high,
  null::double as difference,
  null::double as difference_low,
  null::double as difference_high,
  null::varchar as verdict,
  null::bigint as rank,
  null::bigint as rank_low,
  null::bigint as rank_high,
  null::bigint as alike,
  0::bigint as ranked,
  0::bigint as colleagues,
  null::double as colleagues_low,
  null::double as colleagues_middle,
  null::double as colleagues_high,
  case when $against::varchar = 'mix' then r.shown_rate * safe_ratio(r.rate, r.expected) when r.is_open then r.rate end::double as adjusted,
  r.shown_rate::double as house_rate,
  case when r.is_open then chance_low(r.shown_rate, r.base, 1.959963984540054e0) end::double as funnel_low,
  case when r.is_open then chance_high(r.shown_rate, r.base, 1.959963984540054e0) end::double as funnel_high,
  case when r.is_open then chance_low(r.shown_rate, r.base, 3.090232306167813e0) end::double as funnel_far_low,
  case when r.is_open then chance_high(r.shown_rate, r.base, 3.090232306167813e0) end::double as funnel_far_high
from shown r
left join exports.staff s on s.staff_id = r.staff_id
order by r.staff_id
