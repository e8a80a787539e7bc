-- Where an asked entry of money can belong: the asked journeys that came to a visit or an order, with their store and value
-- of the asked segment, and none.
-- What belongs to no journey (a payment or upsell whose order is unknown) has the missing value in every field: it stays
-- where all filters allow that.
-- grain: journey_id
-- uses: asked_filters, asked_journeys, $by, $where, $viewer_shown
with refusing as (
  select w.entry as entry
  from (select unnest($where::varchar[]) as entry) w
  where not is_in($where::varchar[], substring(w.entry, 1, position('=' in w.entry)))
)
select
  p.journey_id as journey_id,
  p.store as store,
  -- with viewer_shown
  shown_segment($viewer_shown::varchar[],
  -- end
  case
    when $by::varchar is null then 'all'
    -- with by
    when $by::varchar = 'store' then p.store
    when $by::varchar = 'channel' then p.channel
    else case when p.announced then 'lead' else 'unannounced' end
    -- end
  end
  -- with viewer_shown
  )
  -- end
  as segment
from paths p
where
  p.journey_id is not null
  -- with where
  and (is_in($where::varchar[], 'kind=' || case when p.announced then 'lead' else 'unannounced' end))::int
    + (is_in($where::varchar[], 'store=' || coalesce(p.store, '')))::int
    + (is_in($where::varchar[], 'channel=' || coalesce(p.channel, '')))::int
    = (select count(*) from asked_filters f)
  -- end
  -- with by or where beyond kind, store, channel
  and false
union all
select j.journey_id as journey_id, j.store as store, j.segment as segment
from asked_journeys j
  -- end
union all
select
  null::varchar as journey_id,
  null::varchar as store,
  -- with viewer_shown
  shown_segment($viewer_shown::varchar[],
  -- end
  case when $by::varchar is null then 'all' end
  -- with viewer_shown
  )
  -- end
  as segment
from (select count(*)::bigint as entries from refusing) r
where r.entries = 0
