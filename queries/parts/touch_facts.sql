-- What may have moved somebody to order, and their orders, from `window_days` before `from` up to `as_of`: one line of time for each client.
-- Touches: every lead (source, its channel or campaign); a consultation visit that no lead announced (walk_in); what was said to
-- somebody later (followup, its kind; not with `touches` sources), but for what names an order, which serves that order, and for handing over papers; and what
-- the list events records of a channel, or of a coupon (event). A visit that a lead announced is a step of the sale, no touch. Who is the same client: see client_links. An
-- order or touch without a time of day counts at its day's end or beginning, so that a lead and an order of one day are in order.
-- built: view
-- grain: fact_id
-- uses: $from, $as_of, $by, $touches, $window_days
with begun as materialized (
  select
    j.journey_id as journey_id,
    j.kind as kind,
    j.customer_id as customer_id,
    j.began_at as began_at,
    case when $by::varchar = 'campaign' then j.campaign else j.channel end as value
  from begun_journeys j
),
leads_of_persons as (
  select e.person_id as person_id, argMin(e.lead_id, e.happened_at) as lead_id
  from exports.events e
  where e.person_id is not null and e.lead_id is not null
  group by e.person_id
),
recorded as (
  select
    e.event_id as event_id,
    e.person_id as person_id,
    coalesce(e.lead_id, s.lead_id) as lead_id,
    e.happened_at as happened_at,
    coalesce(attribute(object_of(e.attributes), 'channel'), case when e.kind = 'coupon' then 'coupon' end) as value
  from exports.events e
  left join leads_of_persons s on s.person_id = e.person_id
  where day_of(e.happened_at) <= e.imported_on
),
facts as (
  select
    'F:' || f.followup_id as fact_id, 'followup' as kind, f.kind as value,
    coalesce('L:' || f.lead_id, a.journey_id) as journey_id, l.customer_id as customer_id,
    f.done_at as happened_at, null::decimal(18,2) as amount
  from exports.followups f
  left join exports.leads l on l.lead_id = f.lead_id
  left join acts a on a.kind = 'visit' and a.act_id = f.visit_id
  where $touches::varchar = 'all' and f.order_id is null and f.kind is distinct from 'handover' and day_of(f.done_at) <= f.imported_on
  union all
  select
    'E:' || e.event_id as fact_id, 'event' as kind, e.value as value, 'L:' || e.lead_id as journey_id,
    case when e.lead_id is null then e.person_id else l.customer_id end as customer_id,
    e.happened_at as happened_at, null::decimal(18,2) as amount
  from recorded e
  left join exports.leads l on l.lead_id = e.lead_id
  where e.value is not null
  union all
  select
    'O:' || a.act_id as fact_id, 'order' as kind, null::varchar as value, a.journey_id as journey_id, a.customer_id as customer_id,
    case when seconds_between(a.happened_on::timestamp, a.happened_at) = 0 then add_minutes(a.happened_at, 1439) else a.happened_at end as happened_at,
    a.signed as amount
  from acts a
  where a.kind = 'order'
),
of_persons as (
  select
    'L:' || j.journey_id as fact_id, 'source' as kind, j.value as value, j.began_at as happened_at, null::decimal(18,2) as amount,
    coalesce('C:' || j.customer_id, j.journey_id) as person_id
  from begun j
  where j.kind = 'lead'
  union all
  select
    'V:' || a.act_id as fact_id, 'walk_in' as kind, null::varchar as value, a.happened_at as happened_at, null::decimal(18,2) as amount,
    coalesce('C:' || coalesce(a.customer_id, j.customer_id), a.journey_id) as person_id
  from acts a
  join begun j on j.journey_id = a.journey_id
  where a.kind = 'visit' and a.act_no = 1 and j.kind = 'unannounced'
  union all
  select
    f.fact_id as fact_id, f.kind as kind, f.value as value, f.happened_at as happened_at, f.amount as amount,
    coalesce('C:' || coalesce(f.customer_id, j.customer_id), f.journey_id, f.fact_id) as person_id
  from facts f
  left join begun j on j.journey_id = case when f.customer_id is null then f.journey_id end
)
select
  p.fact_id as fact_id,
  p.kind as kind,
  p.value as value,
  p.happened_at as happened_at,
  day_of(p.happened_at) as happened_on,
  p.amount as amount,
  coalesce(k.client_id, p.person_id) as client_id
from of_persons p
left join client_links k on k.person_id = p.person_id
where day_of(p.happened_at) between add_days($from::date, -$window_days::bigint) and $as_of::date
