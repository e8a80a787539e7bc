-- What of the orders and their money each channel may be credited with, by eight ways of dividing it.
-- An order's touches are those of its client since the order before, within the look-back window: see touch_facts and touch_paths.
-- first and last give everything to one touch; linear the same to each; position 40 % to the first, 40 % to the last and the rest to those
-- between (two share alike); decay halves a touch's weight with every half-life before the order. markov_1 and markov_2 divide all orders
-- in proportion to what would be lost without a channel (removal effect, Anderl, Becker, von Wangenheim & Schumann 2016, International
-- Journal of Research in Marketing 33:457), the next step depending on the last touch, or the last two; they also count who has not ordered.
-- shapley: a set of channels is worth the orders that no other channel touched (Zhao, Mahboobi & Bagheri 2018, arXiv:1804.05327).
-- Credits are rounded by largest remainder, so that those of a way sum to all orders, and to all money to the cent. Orders without a touch stay on a
-- line of their own. Channels after the twelve that touched most orders are one. No way of dividing says what an order would have been without a channel.
-- grain: method, channel_no
-- audience: owner, marketer
-- uses: touch_steps
-- fed: attribution_steps
-- finish: chainCredits
-- engine: duckdb, because two of its ways are finished by statistics; what these are fed is asked of both
-- param from date default first_day: first business day, inclusive, of orders, and of the last touch of who has not ordered
-- param to date default as_of: last such day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar (channel | campaign) default channel: what of a lead is credited
-- param touches varchar (all | sources) default all: with follow-ups, or only what brought somebody here
-- param window_days bigint (1 .. 730) default 90: how long before the order a touch counts
-- param half_life_days bigint (1 .. 365) default 7: after how many days a touch weighs half, by decay
-- column method varchar not null: first, last, linear, position, decay, markov_1, markov_2 or shapley
-- column channel_no bigint not null: place of the channel by how many orders, then clients it touched; 13 all after the twelfth, 0 no touch
-- column method_no bigint not null: place of the method
-- column kind varchar not null: source (of a lead), walk_in, followup, event, other (all after the twelfth), too_few (those that are too small to be shown) or untouched (no touch in the window)
-- column channel varchar: channel or campaign of the lead, kind of the follow-up, channel of the event; null where it is missing, and where kind says all
-- column clients bigint not null: clients with a path that it is on
-- column touched_orders bigint not null: orders that it touched
-- column orders decimal(18,2) not null: orders credited
-- column amount decimal(18,2) not null: money credited
-- column all_orders bigint not null: orders of the period
-- column all_amount decimal(18,2) not null: signed with them
-- column share double: orders / all_orders
-- column removal_effect double: share of the chain's orders that would be lost without it; null but by markov_1 and markov_2
with steps as materialized (
  select s.* from touch_steps s
),
totals as (
  select
    count(*)::bigint as all_orders,
    coalesce(sum(s.amount), 0)::decimal(18,2) as all_amount
  from steps s
  where s.ordered and s.place = 1
),
once as (
  select distinct s.channel_no as channel_no, s.path_id as path_id, s.client_id as client_id, s.ordered as ordered, s.amount as amount
  from steps s
),
channels as (
  select
    o.channel_no as channel_no,
    count(distinct o.client_id)::bigint as clients,
    sum((o.ordered)::int)::bigint as touched_orders
  from once o
  group by o.channel_no
),
names as (
  select s.channel_no as channel_no, min(s.kind) as kind, min(s.value) as channel
  from steps s
  group by s.channel_no
),
weighed as (
  select
    s.channel_no as channel_no,
    s.amount as amount,
    s.place as place,
    s.places as places,
    safe_ratio(
      power(5e-1, safe_ratio(s.days_before, $half_life_days::bigint)),
      sum(power(5e-1, safe_ratio(s.days_before, $half_life_days::bigint))) over (partition by s.path_id)
    ) as decayed
  from steps s
  where s.ordered
),
methods as (
  select n.method as method, n.method_no as method_no
  from (values
    ('first', 1), ('last', 2), ('linear', 3), ('position', 4), ('decay', 5), ('markov_1', 6), ('markov_2', 7), ('shapley', 8)
  ) n(method, method_no)
),
shares as (
  select
    m.method as method,
    w.channel_no as channel_no,
    w.amount as amount,
    case m.method
      when 'first' then case when w.place = 1 then 1e0 else 0e0 end
      when 'last' then case when w.place = w.places then 1e0 else 0e0 end
      when 'linear' then safe_ratio(1, w.places)
      when 'position' then
        case
          when w.places = 1 then 1e0
          when w.places = 2 then 5e-1
          when w.place = 1 or w.place = w.places then 4e-1
          else safe_ratio(2e-1, w.places - 2)
        end
      when 'decay' then w.decayed
    end as part
  from weighed w
  cross join methods m
  where m.method_no <= 5
),
parts as (
  select
    s.method as method,
    s.channel_no as channel_no,
    s.part as part,
    count(*) as orders,
    sum(s.amount) as amount
  from shares s
  where s.part > 0e0
  group by s.method, s.channel_no, s.part
),
credits as (
  select
    p.method as method,
    p.channel_no as channel_no,
    100 * steady_sum(p.part * p.orders) as orders,
    100 * steady_sum(p.part * p.amount::double) as amount
  from parts p
  group by p.method, p.channel_no
),
lines as (
  select
    m.method as method,
    m.method_no as method_no,
    c.channel_no as channel_no,
    c.clients as clients,
    c.touched_orders as touched_orders,
    t.all_orders as all_orders,
    t.all_amount as all_amount,
    coalesce(d.orders, 0e0) as orders,
    coalesce(d.amount, 0e0) as amount
  from methods m
  cross join channels c
  cross join totals t
  left join credits d on d.method = m.method and d.channel_no = c.channel_no
),
floored as (
  select
    l.*,
    floor(l.orders) as whole_orders,
    floor(l.amount) as whole_amount,
    whole((l.orders - floor(l.orders)) * 1000000 + 0.5e0) as orders_remainder,
    whole((l.amount - floor(l.amount)) * 1000000 + 0.5e0) as amount_remainder,
    whole(100 * l.all_orders::double - sum(floor(l.orders)) over (partition by l.method) + 0.5e0) as orders_left,
    whole(100 * l.all_amount::double - sum(floor(l.amount)) over (partition by l.method) + 0.5e0) as amount_left
  from lines l
),
rounded as (
  select
    f.*,
    money(safe_ratio(f.whole_orders
      + (row_number() over (partition by f.method order by f.orders_remainder desc, f.channel_no) <= f.orders_left)::int, 100)) as orders_credit,
    money(safe_ratio(f.whole_amount
      + (row_number() over (partition by f.method order by f.amount_remainder desc, f.channel_no) <= f.amount_left)::int, 100)) as amount_credit
  from floored f
)
select
  r.method::varchar as method,
  r.channel_no::bigint as channel_no,
  r.method_no::bigint as method_no,
  n.kind::varchar as kind,
  n.channel::varchar as channel,
  r.clients::bigint as clients,
  r.touched_orders::bigint as touched_orders,
  r.orders_credit::decimal(18,2) as orders,
  r.amount_credit::decimal(18,2) as amount,
  r.all_orders::bigint as all_orders,
  r.all_amount::decimal(18,2) as all_amount,
  safe_ratio(r.orders_credit, r.all_orders)::double as share,
  null::double as removal_effect
from rounded r
join names n on n.channel_no = r.channel_no
order by r.method_no, r.channel_no
