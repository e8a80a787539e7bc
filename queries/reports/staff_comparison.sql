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
-- the fewest stand first.
-- Asked by one of the staff, whose own row it is, others are told of as five or more together only. Of a channel and store,
-- of a channel, or of everybody is then expected what at least five others with together 30 units reach, none of whom has
-- more than half of these; so the same person may be expected to reach something else than owner and manager are told, who
-- may see the persons. Where even all others are no such group nothing is compared. Lest one answer be subtracted from
-- another, there is one comparison: over the compared days of data_span, with the own mix; other days give the own rate
-- alone; and neither places nor rates of everybody, from which what single stores reach could be told. What is left: who keeps
-- the answers of two weeks sees by how much a whole group has moved, by a week that came and one that went; and those who put
-- their own figures together know that much more. Neither is one colleague's rate.
-- grain: staff_id
-- audience: owner, manager stores, staff own
-- viewer: in the text
-- uses: staff_expectations, staff_homes, compared_days
-- finish: fairComparison
-- param from date default compared_from: first business day, inclusive
-- param to date default compared_to: last business day, inclusive
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
-- column open boolean not null: false where one of the staff asks of other days, or others are too few: then nothing is compared
-- column anonymous boolean not null: one of the staff asks, who is told of others as five or more together only
-- column name varchar: name in the list of staff
-- column role varchar: desk in the list of staff
-- column store varchar: store in the list of staff, else the one of more than half of what they ever did
-- column base bigint not null: units old enough
-- column hits bigint not null: of those, successes
-- column rate double not null: hits / base
-- column rate_low double not null: lower end of Wilson's 95 % interval
-- column rate_high double not null: upper end of Wilson's 95 % interval
-- column expected double: rate to be expected; null where nobody else has units or the comparison is not open
-- column fallback_base bigint not null: units whose channel and store have too few of others: fewer than 30, or see above; all where it is not open
-- column precision double: units that weigh as much as the expectation; null where people do not differ more than by chance
-- column raw_difference double: rate - expected
-- column shrunken double: (precision * expected + hits) / (precision + base)
-- column shrunken_low double: lower end of its 95 % interval
-- column shrunken_high double: upper end of its 95 % interval
-- column difference double: shrunken - expected
-- column difference_low double: shrunken_low - expected
-- column difference_high double: shrunken_high - expected
-- column verdict varchar: above, as_expected, below, too_early (fewer than 10 successes or failures expected), not_separable (from the store: over half of the units fell back), nobody_else, too_few_people (fewer than five others, or than 30 units of theirs), other_question (of the staff, about other days or against all)
-- column rank bigint: place by the difference, the highest (of cancellations the lowest) first; null where others may hold it, and like the four that follow for staff
-- column rank_low bigint: best place of the 95 % interval
-- column rank_high bigint: worst place of the 95 % interval
-- column alike bigint: others who are ranked and of whom it is not 97.5 % sure whether they stand above or below
-- column ranked bigint: people who are ranked
-- column colleagues bigint not null: others who are compared and have enough units to tell
-- column colleagues_low double: lower quartile of the colleagues' differences; null for fewer than five
-- column colleagues_middle double: their median
-- column colleagues_high double: upper quartile
-- column adjusted double: house_rate * rate / expected, the rate at the house's mix; null where 0 is expected, and for staff
-- column house_rate double: hits / base of everybody; null for staff, like the four that follow
-- column funnel_low double: with so many units, 95 % of rates at the house's mix lie above this by chance alone …
-- column funnel_high double: … and below this (Spiegelhalter 2005, Statistics in Medicine 24:1185)
-- column funnel_far_low double: the same for 99.8 %
-- column funnel_far_high double: the same for 99.8 %
with asking as (
  select
    d.from_on = $from::date and d.to_on = $to::date and d.last_day <= $as_of::date and $against::varchar = 'mix' as is_usual
  from compared_days d
),
rated as (
  select
    e.*,
    safe_ratio(e.hits, e.base) as rate,
    case when $viewer_staff::varchar is null then safe_ratio(sum(e.hits) over (), sum(e.base) over ()) end as house_rate,
    $viewer_staff::varchar is null or a.is_usual as is_usual,
    $viewer_staff::varchar is null or (a.is_usual and e.expected_rate is not null) as is_open
  from staff_expectations e
  cross join asking a
)
select
  r.staff_id::varchar as staff_id,
  (
    coalesce(r.staff_id = $staff::varchar, true)
    and ($store::varchar is null or coalesce(s.store, '') = $store::varchar)
    and coalesce(r.staff_id = $viewer_staff::varchar, true)
    and (length($viewer_stores::varchar[]) = 0 or is_in($viewer_stores::varchar[], coalesce(s.store, '')))
  )::boolean as asked,
  r.is_open::boolean as open,
  ($viewer_staff::varchar is not null)::boolean as anonymous,
  s.name::varchar as name,
  s.role::varchar as role,
  s.store::varchar as store,
  r.base::bigint as base,
  r.hits::bigint as hits,
  r.rate::double as rate,
  wilson_low(r.hits, r.base)::double as rate_low,
  wilson_high(r.hits, r.base)::double as rate_high,
  case when $against::varchar = 'mix' and r.is_open then r.expected_rate end::double as expected,
  case when r.is_open then r.fallback_base else r.base end::bigint as fallback_base,
  null::double as precision,
  null::double as raw_difference,
  null::double as shrunken,
  null::double as shrunken_low,
  null::double as shrunken_high,
  null::double as difference,
  null::double as difference_low,
  null::double as difference_high,
  case when not r.is_usual then 'other_question' when not r.is_open then 'too_few_people' end::varchar as verdict,
  null::bigint as rank,
  null::bigint as rank_low,
  null::bigint as rank_high,
  null::bigint as alike,
  null::bigint as ranked,
  0::bigint as colleagues,
  null::double as colleagues_low,
  null::double as colleagues_middle,
  null::double as colleagues_high,
  case when $against::varchar = 'mix' then r.house_rate * safe_ratio(r.rate, r.expected_rate) when r.house_rate is not null then r.rate end::double as adjusted,
  r.house_rate::double as house_rate,
  case when r.house_rate is not null then chance_low(r.house_rate, r.base, 1.959963984540054e0) end::double as funnel_low,
  case when r.house_rate is not null then chance_high(r.house_rate, r.base, 1.959963984540054e0) end::double as funnel_high,
  case when r.house_rate is not null then chance_low(r.house_rate, r.base, 3.090232306167813e0) end::double as funnel_far_low,
  case when r.house_rate is not null then chance_high(r.house_rate, r.base, 3.090232306167813e0) end::double as funnel_far_high
from rated r
left join staff_homes s on s.staff_id = r.staff_id
order by r.staff_id
