-- The touches of each path, each with the number of its channel: 1 to 12 by how many orders, then clients it touched, 13 all others, 0 none.
-- For whoever may not see single persons, a channel that touched fewer than five clients, or one to four orders, or is too
-- small among the journeys, is one with all such, and with the smallest that is not, so that it is never fewer than five itself.
-- grain: path_id, place
-- uses: touch_paths, $viewer_shown
with walked as materialized (
  select t.* from touch_paths t
),
counted as (
  select
    t.kind as kind,
    t.value as value,
    count(distinct t.client_id) as clients,
    count(distinct case when t.ordered then t.path_id end) as orders,
    max((
      length($viewer_shown::varchar[]) > 0
      and t.kind = 'source' and not is_in($viewer_shown::varchar[], coalesce(t.value, ''))
    )::int) = 1 as is_unknown
  from walked t
  group by t.kind, t.value
),
judged as (
  select
    c.kind as kind,
    c.value as value,
    (length($viewer_shown::varchar[]) > 0 and (c.is_unknown or c.clients < 5 or c.orders between 1 and 4))::boolean as is_hidden,
    c.clients as clients,
    c.orders as orders
  from counted c
),
ranked as (
  select
    j.*,
    sum((j.is_hidden)::int) over () as hidden,
    row_number() over (partition by (j.is_hidden)::int order by (j.orders < 5)::int, j.clients, j.kind, j.value nulls first) as place
  from judged j
),
named as (
  select
    r.kind as kind,
    r.value as value,
    case when r.is_hidden or (r.hidden > 0 and r.place = 1) then 'too_few' else r.kind end as shown_kind,
    case when not (r.is_hidden or (r.hidden > 0 and r.place = 1)) then r.value end as shown_value
  from ranked r
),
renamed as materialized (
  select
    t.path_id as path_id,
    t.client_id as client_id,
    t.ordered as ordered,
    t.ended_on as ended_on,
    t.amount as amount,
    t.place as place,
    t.places as places,
    t.days_before as days_before,
    n.shown_kind as kind,
    n.shown_value as value
  from walked t
  join named n on n.kind = t.kind and n.value is not distinct from t.value
),
sizes as (
  select
    r.kind as kind,
    r.value as value,
    count(distinct case when r.ordered then r.path_id end) as orders,
    count(distinct r.client_id) as clients
  from renamed r
  group by r.kind, r.value
),
sized as (
  select
    s.kind as kind,
    s.value as value,
    row_number() over (order by (s.kind = 'untouched')::int, s.orders desc, s.clients desc, s.kind, s.value nulls first)::bigint as size_no
  from sizes s
)
select
  r.path_id as path_id,
  r.client_id as client_id,
  r.ordered as ordered,
  r.ended_on as ended_on,
  r.amount as amount,
  r.place as place,
  r.places as places,
  r.days_before as days_before,
  case when r.kind = 'untouched' then 0 when s.size_no > 12 then 13 else s.size_no end as channel_no,
  case when r.kind = 'untouched' then r.kind when s.size_no > 12 then 'other' else r.kind end as kind,
  case when s.size_no <= 12 then r.value end as value
from renamed r
join sized s on s.kind = r.kind and s.value is not distinct from r.value
