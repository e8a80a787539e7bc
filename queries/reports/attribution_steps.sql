-- The steps of each path of attribution_paths, in numbers alone: what removal effects and Shapley values are reckoned from.
-- grain: path_no, place
-- audience: owner
-- uses: touch_routes, touch_steps
-- param from date default first_day: first business day, inclusive, of orders, and of the last touch of who has not ordered
-- param to date default as_of: last such day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar (channel | campaign) default channel: what of a lead is named
-- param touches varchar (all | sources) default all: with follow-ups, or only what brought somebody here
-- param window_days bigint (1 .. 730) default 90: how long before the order, or the last touch, a touch counts
-- column path_no bigint not null: place of the path among all
-- column place bigint not null: place of the touch on the path
-- column channel_no bigint not null: see attribution; 0 no touch
-- column people bigint not null: orders, and people who have not ordered
-- column orders bigint not null: of them, orders
-- column amount decimal(18,2) not null: signed with these orders
with routes as (
  select
    row_number() over (order by r.people desc, r.orders desc, r.route, r.path_id)::bigint as path_no,
    r.path_id as path_id,
    r.people as people,
    r.orders as orders,
    r.amount as amount
  from touch_routes r
)
select
  r.path_no::bigint as path_no,
  s.place::bigint as place,
  s.channel_no::bigint as channel_no,
  r.people::bigint as people,
  r.orders::bigint as orders,
  r.amount::decimal(18,2) as amount
from routes r
join touch_steps s on s.path_id = r.path_id
order by r.path_no, s.place
