-- By which channels, one after the other, clients came: how many, how many of them ordered, and what they signed.
-- Each order of the period is a path of its own, with the touches before it; of somebody who has not ordered since the last touch there is one
-- more, if that touch lies in the period. See attribution, whose channels these are.
-- grain: path_no
-- audience: owner
-- uses: touch_routes
-- param from date default first_day: first business day, inclusive, of orders, and of the last touch of who has not ordered
-- param to date default as_of: last such day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar (channel | campaign) default channel: what of a lead is named
-- param touches varchar (all | sources) default all: with follow-ups, or only what brought somebody here
-- param window_days bigint (1 .. 730) default 90: how long before the order, or the last touch, a touch counts
-- column path_no bigint not null: place of the path, the one of most paths first
-- column channels varchar not null: channel_no of attribution, one after the other; 0 no touch
-- column path varchar not null: their names
-- column people bigint not null: orders, and people who have not ordered
-- column orders bigint not null: of them, orders
-- column share double: orders / people; null where nothing touched them, since of such people only those who ordered are known
-- column share_low double: lower end of its 95 % interval
-- column share_high double: upper end
-- column amount decimal(18,2) not null: signed with these orders
-- column open_people bigint not null: people who have not ordered, and whose last touch is less than the window old
select
  row_number() over (order by r.people desc, r.orders desc, r.route, r.path_id)::bigint as path_no,
  r.route::varchar as channels,
  r.names::varchar as path,
  r.people::bigint as people,
  r.orders::bigint as orders,
  safe_ratio(r.orders, r.known_people)::double as share,
  wilson_low(r.orders, r.known_people)::double as share_low,
  wilson_high(r.orders, r.known_people)::double as share_high,
  r.amount::decimal(18,2) as amount,
  r.open_people::bigint as open_people
from touch_routes r
order by path_no
