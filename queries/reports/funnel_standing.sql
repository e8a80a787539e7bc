-- Who stands at a step of a funnel, since when and until when, and whose they are: those who have waited longest first.
-- The people that funnel_steps counts there, one by one; by default those who came no further and still can. Whoever sold or
-- invited last is in charge. Names and telephone numbers of customers are masked, except for whoever of the
-- staff is in charge of somebody who still can go on; whose the others of their journeys are, staff are not told.
-- grain: row_no
-- audience: owner, manager stores, staff own
-- uses: entry_days = viewed_days, funnel_taken, funnel_followed, $view, $grain
-- param step_no bigint (1 .. 20) default 1: place of the step
-- param standing varchar (all | converted | lost | open) default open: what became of them
-- param last boolean default true: only those who took no later step
-- param also bigint (1 .. 20) optional: only those who took this step too
-- param without bigint (1 .. 20) optional: only those who did not take this step
-- param before boolean default false: instead those who came no further than an earlier step
-- param over boolean default false: only those whose whole window has run out
-- param field varchar (store | channel | campaign | inviter | staff | type | item) optional segment: field of which value is one
-- param value varchar optional: with field, only those of whom the event of `also` (else of the step) or its journey says this
-- param rest boolean default false: all others instead of those of the value, or without one of the segment
-- param path boolean default false: only those who came no further and of whom these were the next three kinds of events
-- param first_kind varchar optional: with path, what came next; without one nothing did
-- param second_kind varchar optional: then
-- param third_kind varchar optional: then
-- param from_seconds bigint (0 .. 1000000000000) optional: with also, only those who took at least as long from that step to this one
-- param to_seconds bigint (0 .. 1000000000000) optional: with also, only those who took less
-- param starts_on date optional: with a grain, only those of the part of the period that begins then
-- param segment varchar optional: with by, only those of this value; without a value those where it is missing
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- param view varchar (cohort | period) default cohort: by the day of the entry, or each step by its own day
-- param grain varchar (all | day | week | month) default all: one row for the whole period, or one for each part of it
-- param by varchar (type | outcome | item) optional segment: field of which segment is a value
-- param steps varchar contract default [{"kind":"lead"},{"kind":"visit"},{"kind":"order"}]: JSON list of up to 20 steps {kind, name, where, within, optional, anchored}; a kind alone may stand for its step, and null for any event
-- param exclusions varchar optional contract: JSON list of events {kind, where, from, to} that void an attempt when they come between these two steps
-- param conditions varchar optional contract: JSON list of conditions {field, is | is_not | more | less | known} that every event has to meet
-- param from date default first_day: first business day of the entry, inclusive
-- param to date default as_of: last business day of the entry, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param order varchar (ordered | strict | unordered | anchored) default ordered: in order; in order with nothing in between; in any order; in any order between anchored steps
-- param window bigint (1 .. 100000) default 90: how long an attempt may take, inclusive
-- param window_unit varchar (second | minute | hour | day | week) default day: unit of the window
-- param tolerance bigint (0 .. 86400) default 0: seconds by which a step may be recorded too early and still be in order
-- param entry varchar (every | first | first_ever) default every: every event of the first step begins an attempt, the first in the period, or the first ever
-- param open boolean default false: attempts may begin at any step
-- param count varchar (people | leads | orders | totals | money) default people: what walks: persons, journeys, orders; totals counts every attempt, money adds what the steps of persons brought
-- param hold varchar (store | staff | order | journey) optional: what must be the same as at the first step
-- param attribution varchar (first | last | step) default first: which step says the value of the segment, its event or else that event's journey: the entry, the last one taken, or the one below
-- param attribution_step bigint (1 .. 20) default 1: place of that step among the required ones
-- param where varchar[] filters: entries field=value; only events of journeys that have these
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column reached_at timestamp not null: when they took the step
-- column waiting_days bigint not null: days from then to the data's last day
-- column open_until date: last day on which they can take the next step; null once they cannot, or without an end
-- column standing varchar not null: converted, lost or open
-- column journey_id varchar: L:lead_id, C:customer_id, V:visit_id or O:order_id
-- column customer_id varchar: customer of the journey or of the event
-- column customer_name varchar: masked except for whoever is in charge
-- column phone varchar contact: masked except for whoever is in charge
-- column store varchar: of the journey, else of the event
-- column channel varchar: of the journey
-- column staff varchar staff: who is in charge: the seller, else the inviter
-- column staff_name varchar staff: name of that person in the list of staff
with dated as (
  select
    t.*,
    add_days(date '1970-01-01', whole(floor(case when $view::varchar = 'cohort' then t.started_us else t.at_us end / 86400000000e0))) as day
  from funnel_taken t
),
others as (
  select t.attempt as attempt, min(t.at_us) as at_us
  from funnel_taken t
  where t.step_no = $also::bigint
  group by t.attempt
),
-- with field
saying as (
  select
    t.attempt as attempt,
    case $field::varchar
      when 'store' then j.store
      when 'channel' then j.channel
      when 'campaign' then j.campaign
      when 'inviter' then j.inviter
      when 'staff' then case when e.kind <> 'lead' then e.staff_id end
      when 'type' then e.type
      when 'item' then e.item
      else coalesce(attribute(e.attributes, coalesce($field::varchar, '')), attribute(e.extra, coalesce($field::varchar, '')))
    end as value
  from funnel_taken t
  join events e on e.event_no = t.event_no
  left join journeys j on j.journey_id = e.journey_id
  where t.step_no = coalesce($also::bigint, $step_no::bigint)
),
-- end
chosen as (
  select
    d.attempt as attempt,
    d.became as became,
    d.at_us as at_us,
    d.event_no as taken_no,
    case when d.became = 'open' and d.is_last then d.deadline_us end as deadline_us
  from dated d
  left join others o on o.attempt = d.attempt
  -- with without
  left join (select distinct t.attempt as attempt from funnel_taken t where t.step_no = $without::bigint) w on w.attempt = d.attempt
  -- end
  -- with field
  left join saying s on s.attempt = d.attempt
  -- end
  -- with path of true
  left join funnel_followed f on f.attempt = d.attempt
  -- end
  where
    case when $before::boolean then d.is_last and d.step_no < $step_no::bigint
      else d.step_no = $step_no::bigint and (d.is_last or not $last::boolean) end
    and ($standing::varchar = 'all' or d.became = $standing::varchar)
    and ($also::bigint is null or o.attempt is not null)
    and ($by::varchar is null or (d.segment is not distinct from $segment::varchar) <> ($rest::boolean and $field::varchar is null))
    and ($from_seconds::bigint is null or greatest(d.at_us - o.at_us, 0) >= $from_seconds::bigint * 1000000)
    and ($to_seconds::bigint is null or greatest(d.at_us - o.at_us, 0) < $to_seconds::bigint * 1000000)
    -- with without
    and w.attempt is null
    -- end
    -- with over of true
    and (
      not $over::boolean
      or d.started_us + $window::bigint * (case $window_unit::varchar when 'second' then 1 when 'minute' then 60 when 'hour' then 3600 when 'day' then 86400 else 604800 end)::bigint * 1000000
        < microseconds_of(add_days($as_of::date, 1)::timestamp)
    )
    -- end
    -- with field
    and ($field::varchar is null or (s.value is not distinct from $value::varchar) <> $rest::boolean)
    -- end
    -- with path of true
    and (
      not $path::boolean
      or f.attempt is not null
        and f.first_kind is not distinct from $first_kind::varchar
        and f.second_kind is not distinct from $second_kind::varchar
        and f.third_kind is not distinct from $third_kind::varchar
    )
    -- end
    and ($view::varchar = 'cohort' or d.day between $from::date and least($to::date, $as_of::date))
    and (
      $starts_on::date is null
      or case $grain::varchar when 'week' then week_start(d.day) when 'month' then month_start(d.day) else d.day end = $starts_on::date
    )
),
numbered as (
  select
    c.*,
    row_number() over (order by c.at_us, c.taken_no, c.attempt)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from chosen c
),
shown as (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
),
placed as (
  select
    s.row_no as row_no,
    s.all_rows as all_rows,
    e.happened_at as reached_at,
    s.deadline_us as deadline_us,
    s.became as became,
    e.journey_id as journey_id,
    coalesce(j.customer_id, case when substring(e.person_id, 1, 2) = 'C:' then substring(e.person_id, 3) end) as customer_id,
    coalesce(j.store, e.store) as store,
    j.channel as channel,
    coalesce(j.seller, j.inviter) as staff
  from shown s
  left join events e on e.event_no = s.taken_no
  left join journeys j on j.journey_id = e.journey_id
),
named as (
  select
    p.row_no as row_no,
    p.all_rows as all_rows,
    p.reached_at as reached_at,
    p.deadline_us as deadline_us,
    p.became as became,
    p.journey_id as journey_id,
    p.customer_id as customer_id,
    p.store as store,
    p.channel as channel,
    p.staff as staff,
    coalesce(l.customer_name, c.name) as customer_name,
    coalesce(l.phone, c.phone) as phone,
    f.name as staff_name,
    (coalesce(p.staff = $viewer_staff::varchar, false) and p.became = 'open')::boolean as is_due,
    ($viewer_staff::varchar is null or coalesce(p.staff = $viewer_staff::varchar, false))::boolean as is_told
  from placed p
  left join exports.leads l on 'L:' || l.lead_id = p.journey_id
  left join exports.customers c on c.customer_id = p.customer_id
  left join exports.staff f on f.staff_id = p.staff
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.reached_at::timestamp as reached_at,
  days_between(day_of(n.reached_at), $as_of::date)::bigint as waiting_days,
  add_days(date '1970-01-01', whole(floor(n.deadline_us / 86400000000e0)))::date as open_until,
  n.became::varchar as standing,
  n.journey_id::varchar as journey_id,
  n.customer_id::varchar as customer_id,
  (case when n.is_due then n.customer_name else masked_name(n.customer_name) end)::varchar as customer_name,
  (case when n.is_due then n.phone else masked_phone(n.phone) end)::varchar as phone,
  n.store::varchar as store,
  n.channel::varchar as channel,
  (case when n.is_told then n.staff end)::varchar as staff,
  (case when n.is_told then n.staff_name end)::varchar as staff_name
from named n
order by n.row_no
