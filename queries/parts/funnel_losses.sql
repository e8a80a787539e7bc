-- Units that were given up for good by as_of, and when.
-- A journey is given up by the latest dated loss of its lead, unless a visit or order of it came on a later day (many lists give
-- the day of a loss alone, at midnight); whoever walks, when all of their journeys are. An order is given up by its cancellation. A funnel that counts the loss, or any event, as a step
-- knows no other end by it.
-- Where no list tells of a loss no event is looked at, which takes a tenth of a funnel's time.
-- built: table
-- grain: unit
-- uses: $steps, $as_of, $count
with recorded as (
  select l.lead_id as record_id
  from exports.leads l
  where l.lost_at is not null and $count::varchar <> 'orders'
  union all
  select a.act_id as record_id
  from acts a
  where a.cancelled and $count::varchar = 'orders'
  union all
  select k.kind as record_id
  from listed_kinds k
  where k.kind in ('lost', 'cancellation')
),
losses as (
  select distinct case $count::varchar when 'leads' then e.journey_id when 'orders' then e.order_id else e.person_id end as unit
  from events e
  where
    (select count(*) from recorded) > 0
    and e.kind in ('lost', 'cancellation')
    and e.kind = case $count::varchar when 'orders' then 'cancellation' else 'lost' end
    and day_of(e.happened_at) <= $as_of::date
    and not is_in(json_names($steps::varchar, 'kind'), '*')
    and not is_in(json_names($steps::varchar, 'kind'), e.kind)
),
facts as (
  select
    case $count::varchar when 'leads' then e.journey_id when 'orders' then e.order_id else e.person_id end as unit,
    coalesce(e.journey_id, '') as journey,
    (case
      when $count::varchar = 'orders' then e.kind = 'cancellation' and e.type is not distinct from 'cancelled'
      else e.kind = 'lost'
    end)::boolean as is_loss,
    (e.kind in ('visit', 'order'))::boolean as is_act,
    microseconds_of(e.happened_at) as at_us
  from events e
  where
    (select count(*) from recorded) > 0
    and e.kind in ('lead', 'visit', 'order', 'lost', 'cancellation')
    and day_of(e.happened_at) <= $as_of::date
),
journeys_of_units as (
  select
    f.unit as unit,
    f.journey as journey,
    max(case when f.is_loss then f.at_us end) as lost_us,
    max(case when f.is_act then f.at_us end) as acted_us
  from facts f
  semi join losses l on l.unit = f.unit
  group by f.unit, f.journey
)
select j.unit as unit, max(j.lost_us) as lost_us
from journeys_of_units j
group by j.unit
having sum((whole(floor(j.lost_us / 86400e6)) >= whole(floor(coalesce(j.acted_us, j.lost_us) / 86400e6)))::int) = count(*)
