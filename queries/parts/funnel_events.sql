-- The events that a funnel may be made of, each with the unit that walks it: a person, a journey or an order.
-- `where` leaves events of the journeys that it names, `conditions` those that meet all of them.
-- built: view
-- grain: event_no
-- uses: $as_of, $count, $where, $conditions, $by, $hold, asked_journeys, failed_conditions
select
  e.event_no as event_no,
  e.kind as kind,
  case $count::varchar when 'leads' then e.journey_id when 'orders' then e.order_id else e.person_id end as unit,
  microseconds_of(e.happened_at) as at_us,
  case
    when $by::varchar is null then null
    -- with by
    when $by::varchar = 'store' then e.store
    when $by::varchar = 'staff' then e.staff_id
    when $by::varchar = 'channel' then e.channel
    when $by::varchar = 'campaign' then e.campaign
    when $by::varchar = 'type' then e.type
    when $by::varchar = 'outcome' then e.outcome
    when $by::varchar = 'item' then e.item
    else coalesce(attribute(e.attributes, coalesce($by::varchar, '')), attribute(e.extra, coalesce($by::varchar, '')))
    -- end
  end::varchar as said,
  case when $by::varchar is not null then e.journey_id end as told_journey
  -- with hold
  , case $hold::varchar
    when 'store' then e.store
    when 'staff' then e.staff_id
    when 'order' then e.order_id
    else e.journey_id
  end as held
  -- end
  -- with count of money
  , coalesce(e.amount, 0)::decimal(18,2) as amount
  -- end
from events e
-- with where
left join asked_journeys j on j.journey_id = e.journey_id
-- end
-- with conditions
anti join failed_conditions f on f.part = 'every' and f.event_no = e.event_no
-- end
where
  day_of(e.happened_at) <= $as_of::date
  and case $count::varchar when 'leads' then e.journey_id when 'orders' then e.order_id else '' end is not null
  -- with where
  and (length($where::varchar[]) = 0 or j.journey_id is not null)
  -- end
