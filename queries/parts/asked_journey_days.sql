-- The journeys that the filters leave, counted where they are alike, each row with its value of the asked segment.
-- What asked_journeys gives one by one, for all that only counts. Where kind, store and channel are all that is asked for,
-- they have been counted before (journey_days).
-- grain: segment, known_step, kind, store_key, and the day of each step
-- uses: $by, $where, $viewer_shown, asked_filters, asked_journeys
select
  -- with viewer_shown
  shown_segment($viewer_shown::varchar[],
  -- end
  case
    when $by::varchar is null then 'all'
    -- with by
    when $by::varchar = 'store' then d.store
    when $by::varchar = 'channel' then d.channel
    else d.kind
    -- end
  end
  -- with viewer_shown
  )
  -- end
  as segment,
  greatest(
    -- with by
    case when $by::varchar = 'store' then d.store_step end,
    -- end
    -- with where
    case when is_in($where::varchar[], 'store=' || coalesce(d.store, '')) then d.store_step end,
    -- end
    2
  )::bigint as known_step,
  d.kind as kind,
  coalesce(d.store, '') as store_key,
  d.began_on as began_on,
  d.visited_on as visited_on,
  d.active_on as active_on,
  d.bought_on as bought_on,
  d.bought_again_on as bought_again_on,
  d.brought_friend_on as brought_friend_on,
  d.lost_on as lost_on,
  d.cancelled_on as cancelled_on,
  d.people as people
from journey_days d
where
  d.people > 0
  -- with where
  and (is_in($where::varchar[], 'kind=' || d.kind))::int
    + (is_in($where::varchar[], 'store=' || coalesce(d.store, '')))::int
    + (is_in($where::varchar[], 'channel=' || coalesce(d.channel, '')))::int
    = (select count(*) from asked_filters f)
  -- end
  -- with by or where beyond kind, store, channel
  and false
union all
select
  j.segment as segment,
  j.known_step as known_step,
  j.kind as kind,
  coalesce(j.store, '') as store_key,
  j.began_on as began_on,
  j.visited_on as visited_on,
  j.active_on as active_on,
  j.bought_on as bought_on,
  j.bought_again_on as bought_again_on,
  j.brought_friend_on as brought_friend_on,
  j.lost_on as lost_on,
  j.cancelled_on as cancelled_on,
  count(*)::bigint as people
from asked_journeys j
group by
  j.segment, j.known_step, j.kind, coalesce(j.store, ''), j.began_on, j.visited_on, j.active_on, j.bought_on,
  j.bought_again_on, j.brought_friend_on, j.lost_on, j.cancelled_on
  -- end
