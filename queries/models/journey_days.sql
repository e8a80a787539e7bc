-- Journeys counted where they are alike: of one kind, store and channel, with the same day of each step.
-- Most journeys never go on, so that of many there are few rows: what only counts journeys by these fields reads them here
-- (asked_journey_days).
-- refreshed: adding people
-- grain: kind, store, channel, store_step, referred, began_on, visited_on, active_on, bought_on, bought_again_on, brought_friend_on, lost_on, cancelled_on
-- column kind varchar not null: lead or unannounced
-- column store varchar: segment; null is a store of its own
-- column channel varchar: segment
-- column store_step bigint: step of the fact that gave store
-- column referred boolean not null: somebody's card brought them
-- column began_on date not null: business day of the beginning
-- column visited_on date: business day of the first consultation visit
-- column active_on date: business day of Q3
-- column bought_on date: business day of Q4
-- column bought_again_on date: business day of Q5
-- column brought_friend_on date: business day of Q6
-- column lost_on date: business day the lead was given up
-- column cancelled_on date: business day the first order was cancelled as a whole
-- column people bigint not null: journeys
select
  j.kind::varchar as kind,
  j.store::varchar as store,
  j.channel::varchar as channel,
  j.store_step::bigint as store_step,
  (j.referrer_customer_id is not null)::boolean as referred,
  j.began_on::date as began_on,
  j.visited_on::date as visited_on,
  j.active_on::date as active_on,
  j.bought_on::date as bought_on,
  j.bought_again_on::date as bought_again_on,
  j.brought_friend_on::date as brought_friend_on,
  j.lost_on::date as lost_on,
  j.cancelled_on::date as cancelled_on,
  count(*)::bigint as people
from begun_journeys j
group by
  j.kind, j.store, j.channel, j.store_step, (j.referrer_customer_id is not null)::boolean, j.began_on, j.visited_on,
  j.active_on, j.bought_on, j.bought_again_on, j.brought_friend_on, j.lost_on, j.cancelled_on
