-- Everybody who stands in a stage of the life cycle on as_of: each client, and in A also who only is a lead.
-- grain: client_id
-- uses: asked_journeys, asked_filters, $by, $where, $viewer_shown, $as_of
with refusing as (
  select w.entry as entry
  from (select unnest($where::varchar[]) as entry) w
  where not is_in($where::varchar[], substring(w.entry, 1, position('=' in w.entry)))
),
leads as (
  select l.client_id as client_id, l.journey_id as journey_id, l.began_on as began_on
  from (
    select
      coalesce(k.client_id, coalesce('C:' || j.customer_id, j.journey_id)) as client_id,
      j.journey_id as journey_id,
      j.began_at as began_at,
      j.began_on as began_on
    from begun_journeys j
    left join client_links k on k.person_id = coalesce('C:' || j.customer_id, j.journey_id)
    where j.began_on <= $as_of::date
  ) l
  anti join clients c on c.client_id = l.client_id
  qualify row_number() over (partition by l.client_id order by l.began_at, l.journey_id) = 1
),
standing as (
  select
    c.client_no as client_no,
    c.client_id as client_id,
    c.first_journey_id as journey_id,
    s.stage as stage,
    s.from_on as from_on
  from client_stages s
  join clients c on c.client_no = s.client_no
  where s.from_on <= $as_of::date and (s.until_on is null or s.until_on >= $as_of::date)
  union all
  select
    null::bigint as client_no,
    l.client_id as client_id,
    l.journey_id as journey_id,
    'A' as stage,
    l.began_on as from_on
  from leads l
)
select
  s.client_no as client_no,
  s.client_id as client_id,
  s.journey_id as journey_id,
  s.stage as stage,
  s.from_on as from_on,
  case
    when $by::varchar is null then 'all'
    -- with by
    else j.segment
    -- end
  end as segment
from standing s
-- with by or where
left join asked_journeys j on j.journey_id = s.journey_id
where
  length($where::varchar[]) = 0
  or j.journey_id is not null
  or (s.journey_id is null and (select count(*) from refusing r) = 0)
-- end
