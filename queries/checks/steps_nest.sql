-- check: who bought was active, who bought again or brought a friend had bought
-- severity: error
select
  j.store::varchar as store,
  j.began_on::date as began_on,
  j.active_on::date as active_on,
  j.bought_on::date as bought_on,
  j.bought_again_on::date as bought_again_on,
  j.brought_friend_on::date as brought_friend_on
from journey_days j
where
  (j.bought_on is not null and (j.active_on is null or j.active_on > j.bought_on))
  or (j.bought_again_on is not null and (j.bought_on is null or j.bought_again_on < j.bought_on))
  or (j.brought_friend_on is not null and (j.bought_on is null or j.brought_friend_on < j.bought_on))
