-- Two clients who may be one: pairs to decide about by hand, the likeliest first.
-- A client is a couple and everything that is known of both. Proposed are clients who share a telephone or WeChat name that two
-- to ten clients bear, a name that two to twenty bear together with a store or wedding day, or an order (which names one of them
-- while its lead or visit names the other, and both stand in a list of leads or customers or have a journey). Who was decided to be different is not proposed again, who is the same is one already.
-- confidence is the posterior probability of Fellegi & Sunter (1969, JASA 64:1183) with stated probabilities. Of two clients at
-- random one in 4 N is the same, N being all clients. What both are known by multiplies these odds, where it agrees by
-- m ÷ u, else by 1 − m. m, how often one and the same gives the same again: telephone and WeChat 0.8, name 0.6 (bride's or
-- groom's), store, city and wedding day 0.9, order 0.5. u, how often two others agree by chance: (bearers − 1) ÷ N, so that a rare name
-- says more than a common one; of telephones, WeChat names and orders a hundredth of that, because they are not given by chance.
-- Names and telephone numbers are masked.
-- grain: row_no
-- audience: owner, manager stores
-- uses: client_traits
-- param least bigint (0 .. 99) default 10: lowest confidence that is shown, in per cent
-- param one varchar optional: only pairs of this client with another, by client_id
-- param other varchar optional: with one, only the pair of both
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column confidence double not null: probability that they are the same
-- column phone_match varchar: telephone: own (both their own), partner (of one the partner's) or different; null where one has none
-- column wechat_match varchar: WeChat name: same or different
-- column name_match varchar: name: same or different
-- column name_bearers bigint: clients who bear the name that is the same
-- column store_match varchar: store: same or different
-- column city_match varchar: city: same or different
-- column wedding_match varchar: wedding day: same or different
-- column shared_order varchar: an order that names both
-- column client_a varchar not null: client_id of the one, the smaller of both
-- column name_a varchar: what they are called; masked
-- column phone_a varchar contact: their telephone; masked
-- column store_a varchar: store of their first journey
-- column began_on_a date: business day of their first journey
-- column journeys_a bigint not null: journeys of theirs
-- column orders_a bigint not null: orders of theirs
-- column client_b varchar not null: client_id of the other
-- column name_b varchar: what they are called; masked
-- column phone_b varchar contact: their telephone; masked
-- column store_b varchar: store of their first journey
-- column began_on_b date: business day of their first journey
-- column journeys_b bigint not null: journeys of theirs
-- column orders_b bigint not null: orders of theirs
with traits as materialized (
  select t.client_id as client_id, t.kind as kind, t.value as value, t.is_partners as is_partners
  from client_traits t
),
clients_known as (
  select count(distinct t.client_id) as clients
  from traits t
),
shares as (
  select v.kind as kind, v.m as m, v.chance as chance
  from (
    values
      ('phone', 0.8e0, 0.01e0), ('wechat', 0.8e0, 0.01e0), ('name', 0.6e0, 1e0), ('store', 0.9e0, 1e0), ('city', 0.9e0, 1e0),
      ('wedding', 0.9e0, 1e0)
  ) v(kind, m, chance)
),
borne as materialized (
  select t.kind as kind, t.value as value, count(*) as bearers
  from traits t
  group by t.kind, t.value
  having count(*) > 1
),
bound as materialized (
  select t.client_id as client_id, t.kind as kind, t.value as value
  from traits t
  join borne b on b.kind = t.kind and b.value = t.value
  where t.kind in ('phone', 'wechat') and b.bearers <= 10 or t.kind = 'name' and b.bearers <= 20
),
bound_pairs as materialized (
  select distinct a.client_id as client_a, b.client_id as client_b, a.kind as kind
  from bound a
  join bound b on b.kind = a.kind and b.value = a.value
  where a.client_id < b.client_id
),
places_of_pairs as materialized (
  select p.client_a as client_a, p.client_b as client_b, t.kind as kind, t.value as value
  from bound_pairs p
  join traits t on t.client_id = p.client_a
  where p.kind = 'name' and t.kind in ('store', 'wedding')
),
placed_pairs as (
  select p.client_a as client_a, p.client_b as client_b
  from places_of_pairs p
  semi join traits t on t.client_id = p.client_b and t.kind = p.kind and t.value = p.value
),
naming as (
  select o.order_id as order_id, 'C:' || o.customer_id as person_id
  from exports.orders o
  where o.customer_id is not null and day_of(o.ordered_at) <= o.imported_on
  union all
  select o.order_id as order_id, coalesce('C:' || coalesce(l.customer_id, p.customer_id), 'L:' || l.lead_id) as person_id
  from exports.orders o
  join exports.leads l on l.lead_id = o.lead_id and day_of(l.created_at) <= l.imported_on
  left join paths p on p.journey_id = 'L:' || l.lead_id
  where day_of(o.ordered_at) <= o.imported_on
  union all
  select v.order_id as order_id, 'C:' || v.customer_id as person_id
  from exports.visits v
  where v.order_id is not null and v.customer_id is not null and day_of(v.visited_at) <= v.imported_on
),
named as materialized (
  select distinct n.order_id as order_id, coalesce(k.client_id, n.person_id) as client_id
  from naming n
  left join client_links k on k.person_id = n.person_id
  semi join traits t on t.client_id = coalesce(k.client_id, n.person_id)
),
shared as (
  select n.order_id as order_id
  from named n
  group by n.order_id
  having count(*) > 1
),
order_pairs as materialized (
  select a.client_id as client_a, b.client_id as client_b, min(a.order_id) as order_id
  from named a
  semi join shared s on s.order_id = a.order_id
  join named b on b.order_id = a.order_id
  where a.client_id < b.client_id
  group by a.client_id, b.client_id
),
different as (
  select distinct
    least(coalesce(a.client_id, d.first_id), coalesce(b.client_id, d.second_id)) as client_a,
    greatest(coalesce(a.client_id, d.first_id), coalesce(b.client_id, d.second_id)) as client_b
  from decided_pairs d
  left join client_links a on a.person_id = d.first_id
  left join client_links b on b.person_id = d.second_id
  where d.is_latest and d.decision = 'different'
),
proposed as (
  select p.client_a as client_a, p.client_b as client_b from bound_pairs p where p.kind <> 'name'
  union
  select p.client_a as client_a, p.client_b as client_b from placed_pairs p
  union
  select p.client_a as client_a, p.client_b as client_b from order_pairs p
),
pairs as materialized (
  select p.client_a as client_a, p.client_b as client_b
  from proposed p
  anti join different d on d.client_a = p.client_a and d.client_b = p.client_b
  where
    $one::varchar is null
    or p.client_a = $one::varchar and coalesce(p.client_b = $other::varchar, true)
    or p.client_b = $one::varchar and coalesce(p.client_a = $other::varchar, true)
),
concerned as materialized (
  select p.client_a as client_id from pairs p
  union
  select p.client_b as client_id from pairs p
),
traits_concerned as materialized (
  select t.*
  from traits t
  semi join concerned c on c.client_id = t.client_id
),
traits_of_pairs as materialized (
  select p.client_a as client_a, p.client_b as client_b, t.kind as kind, t.value as value, t.is_partners as is_partners
  from pairs p
  join traits_concerned t on t.client_id = p.client_a
),
agreed as materialized (
  select
    p.client_a as client_a, p.client_b as client_b, p.kind as kind, p.value as value,
    case when p.is_partners or t.is_partners then 1 else 0 end as by_partner
  from traits_of_pairs p
  join traits_concerned t on t.client_id = p.client_b and t.kind = p.kind and t.value = p.value
),
agreeing as materialized (
  select
    g.client_a as client_a, g.client_b as client_b, g.kind as kind, min(b.bearers)::bigint as bearers,
    min(g.by_partner)::bigint as by_partner
  from agreed g
  join borne b on b.kind = g.kind and b.value = g.value
  group by g.client_a, g.client_b, g.kind
),
kinds_known as materialized (
  select distinct t.client_id as client_id, t.kind as kind
  from traits_concerned t
),
kinds_of_pairs as materialized (
  select p.client_a as client_a, p.client_b as client_b, k.kind as kind
  from pairs p
  join kinds_known k on k.client_id = p.client_a
),
compared as materialized (
  select
    p.client_a as client_a, p.client_b as client_b, p.kind as kind, g.bearers as bearers, g.by_partner as by_partner,
    ln(case when g.bearers is null then 1e0 - s.m else s.m * safe_ratio(n.clients, (g.bearers - 1) * s.chance) end) as weight
  from kinds_of_pairs p
  join kinds_known b on b.client_id = p.client_b and b.kind = p.kind
  join shares s on s.kind = p.kind
  cross join clients_known n
  left join agreeing g on g.client_a = p.client_a and g.client_b = p.client_b and g.kind = p.kind
  union all
  select
    p.client_a as client_a, p.client_b as client_b, 'order' as kind, 2::bigint as bearers, 0::bigint as by_partner,
    ln(0.5e0 * safe_ratio(n.clients, 0.01e0)) as weight
  from pairs p
  semi join order_pairs o on o.client_a = p.client_a and o.client_b = p.client_b
  cross join clients_known n
),
weighed as (
  select
    c.client_a as client_a,
    c.client_b as client_b,
    steady_sum(c.weight) as weight,
    max(case when c.kind = 'phone' then case when c.bearers is null then 'different' when c.by_partner = 1 then 'partner' else 'own' end end) as phone_match,
    max(case when c.kind = 'wechat' then case when c.bearers is null then 'different' else 'same' end end) as wechat_match,
    max(case when c.kind = 'name' then case when c.bearers is null then 'different' else 'same' end end) as name_match,
    max(case when c.kind = 'name' then c.bearers end) as name_bearers,
    max(case when c.kind = 'store' then case when c.bearers is null then 'different' else 'same' end end) as store_match,
    max(case when c.kind = 'city' then case when c.bearers is null then 'different' else 'same' end end) as city_match,
    max(case when c.kind = 'wedding' then case when c.bearers is null then 'different' else 'same' end end) as wedding_match
  from compared c
  group by c.client_a, c.client_b
),
judged as (
  select w.*, safe_ratio(1e0, 1e0 + exp(-(ln(0.25e0) - ln(n.clients) + w.weight))) as confidence
  from weighed w
  cross join clients_known n
),
numbered as (
  select
    j.*,
    row_number() over (order by j.confidence desc, j.client_a, j.client_b)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from judged j
  where j.confidence * 100e0 >= $least::bigint
),
shown as materialized (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
),
clients_shown as materialized (
  select s.client_a as client_id from shown s
  union
  select s.client_b as client_id from shown s
),
called as (
  select
    t.client_id as client_id,
    min(case when t.kind = 'name' and not t.is_partners then t.value end) as name,
    min(case when t.kind = 'phone' and not t.is_partners then t.value end) as phone
  from traits t
  semi join clients_shown c on c.client_id = t.client_id
  group by t.client_id
),
journeys_of_clients as (
  select coalesce(k.client_id, coalesce('C:' || j.customer_id, j.journey_id)) as client_id, j.began_at as began_at, j.began_on as began_on, j.journey_id as journey_id, j.store as store
  from begun_journeys j
  left join client_links k on k.person_id = coalesce('C:' || j.customer_id, j.journey_id)
),
in_turn as (
  select j.*, row_number() over (partition by j.client_id order by j.began_at, j.journey_id)::bigint as place
  from journeys_of_clients j
  semi join clients_shown c on c.client_id = j.client_id
),
orders_of_clients as (
  select j.client_id as client_id, count(*) as orders
  from acts a
  join in_turn j on j.journey_id = a.journey_id
  where a.kind = 'order'
  group by j.client_id
),
paths_of_clients as (
  select
    j.client_id as client_id, count(*) as journeys, min(j.began_on) as began_on,
    max(case when j.place = 1 then j.store end) as store
  from in_turn j
  group by j.client_id
),
sides as materialized (
  select
    c.client_id as client_id, masked_name(k.name) as name, masked_phone(k.phone) as phone, p.store as store,
    p.began_on as began_on, coalesce(p.journeys, 0) as journeys, coalesce(o.orders, 0) as orders
  from clients_shown c
  left join called k on k.client_id = c.client_id
  left join paths_of_clients p on p.client_id = c.client_id
  left join orders_of_clients o on o.client_id = c.client_id
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.confidence::double as confidence,
  s.phone_match::varchar as phone_match,
  s.wechat_match::varchar as wechat_match,
  s.name_match::varchar as name_match,
  s.name_bearers::bigint as name_bearers,
  s.store_match::varchar as store_match,
  s.city_match::varchar as city_match,
  s.wedding_match::varchar as wedding_match,
  o.order_id::varchar as shared_order,
  s.client_a::varchar as client_a,
  a.name::varchar as name_a,
  a.phone::varchar as phone_a,
  a.store::varchar as store_a,
  a.began_on::date as began_on_a,
  a.journeys::bigint as journeys_a,
  a.orders::bigint as orders_a,
  s.client_b::varchar as client_b,
  b.name::varchar as name_b,
  b.phone::varchar as phone_b,
  b.store::varchar as store_b,
  b.began_on::date as began_on_b,
  b.journeys::bigint as journeys_b,
  b.orders::bigint as orders_b
from shown s
join sides a on a.client_id = s.client_a
join sides b on b.client_id = s.client_b
left join order_pairs o on o.client_a = s.client_a and o.client_b = s.client_b
order by s.row_no
