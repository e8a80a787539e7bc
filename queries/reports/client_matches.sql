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
with clients_known as (
  select count(*) as clients
  from client_kinds k
),
borne as materialized (
  select t.kind as kind, t.value as value, count(*) as bearers
  from client_traits t
  group by t.kind, t.value
  having count(*) > 1
),
bound as materialized (
  select t.client_id as client_id, t.kind as kind, t.value as value
  from client_traits t
  join borne b on b.kind = t.kind and b.value = t.value
  where t.kind in ('phone', 'wechat') and b.bearers <= 10 or t.kind = 'name' and b.bearers <= 20
),
contact_pairs as (
  select a.client_id as client_a, b.client_id as client_b
  from bound a
  join bound b on b.kind = a.kind and b.value = a.value
  where a.kind <> 'name' and a.client_id < b.client_id
),
placed as materialized (
  select n.client_id as client_id, n.value as name, t.kind as kind, t.value as value
  from bound n
  join client_traits t on t.client_id = n.client_id
  where n.kind = 'name' and t.kind in ('store', 'wedding')
),
placed_pairs as (
  select a.client_id as client_a, b.client_id as client_b
  from placed a
  join placed b on b.name = a.name and b.kind = a.kind and b.value = a.value
  where a.client_id < b.client_id
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
  semi join client_kinds t on t.client_id = coalesce(k.client_id, n.person_id)
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
  select p.client_a as client_a, p.client_b as client_b from contact_pairs p
  union
  select p.client_a as client_a, p.client_b as client_b from placed_pairs p
  union
  select p.client_a as client_a, p.client_b as client_b from order_pairs p
),
pairs as materialized (
  select p.client_a as client_a, p.client_b as client_b, row_number() over ()::bigint as pair_no
  from proposed p
  anti join different d on d.client_a = p.client_a and d.client_b = p.client_b
  where
    $one::varchar is null
    or p.client_a = $one::varchar and coalesce(p.client_b = $other::varchar, true)
    or p.client_b = $one::varchar and coalesce(p.client_a = $other::varchar, true)
),
known_pairs as materialized (
  select
    p.pair_no as pair_no, p.client_a as client_a, p.client_b as client_b, a.phones > 0 and b.phones > 0 as has_phones,
    a.wechats > 0 and b.wechats > 0 as has_wechats, a.names > 0 and b.names > 0 as has_names,
    a.stores > 0 and b.stores > 0 as has_stores, a.cities > 0 and b.cities > 0 as has_cities,
    a.weddings > 0 and b.weddings > 0 as has_weddings,
    case when a.stores = 1 and b.stores = 1 and a.store = b.store then a.store end as store,
    case when a.cities = 1 and b.cities = 1 and a.city = b.city then a.city end as city,
    case when a.weddings = 1 and b.weddings = 1 and a.wedding = b.wedding then a.wedding end as wedding,
    a.stores + b.stores > 2 and a.stores > 0 and b.stores > 0 as has_more_stores,
    a.cities + b.cities > 2 and a.cities > 0 and b.cities > 0 as has_more_cities,
    a.weddings + b.weddings > 2 and a.weddings > 0 and b.weddings > 0 as has_more_weddings
  from pairs p
  join client_kinds a on a.client_id = p.client_a
  join client_kinds b on b.client_id = p.client_b
),
traits_borne as materialized (
  select t.client_id as client_id, t.kind as kind, t.value as value, t.is_partners as is_partners, b.bearers as bearers
  from client_traits t
  join borne b on b.kind = t.kind and b.value = t.value
),
traits_of_pairs as (
  select p.pair_no as pair_no, p.client_b as client_b, t.kind as kind, t.value as value, t.is_partners as is_partners, t.bearers as bearers
  from known_pairs p
  join traits_borne t on t.client_id = p.client_a
  where
    t.kind = 'phone' and p.has_phones
    or t.kind = 'wechat' and p.has_wechats
    or t.kind = 'name' and p.has_names
    or t.kind = 'store' and p.has_more_stores
    or t.kind = 'city' and p.has_more_cities
    or t.kind = 'wedding' and p.has_more_weddings
),
agreed as (
  select
    p.pair_no as pair_no, p.kind as kind, p.bearers as bearers,
    case when p.is_partners or t.is_partners then 1 else 0 end as by_partner
  from traits_of_pairs p
  join traits_borne t on t.client_id = p.client_b and t.kind = p.kind and t.value = p.value
  union all
  select p.pair_no as pair_no, b.kind as kind, b.bearers as bearers, 0 as by_partner
  from known_pairs p
  join borne b on b.kind = 'store' and b.value = p.store
  union all
  select p.pair_no as pair_no, b.kind as kind, b.bearers as bearers, 0 as by_partner
  from known_pairs p
  join borne b on b.kind = 'city' and b.value = p.city
  union all
  select p.pair_no as pair_no, b.kind as kind, b.bearers as bearers, 0 as by_partner
  from known_pairs p
  join borne b on b.kind = 'wedding' and b.value = p.wedding
),
agreeing as materialized (
  select
    g.pair_no as pair_no,
    min(case when g.kind = 'phone' then g.bearers end) as phone_bearers,
    min(case when g.kind = 'phone' then g.by_partner end) as by_partner,
    min(case when g.kind = 'wechat' then g.bearers end) as wechat_bearers,
    min(case when g.kind = 'name' then g.bearers end) as name_bearers,
    min(case when g.kind = 'store' then g.bearers end) as store_bearers,
    min(case when g.kind = 'city' then g.bearers end) as city_bearers,
    min(case when g.kind = 'wedding' then g.bearers end) as wedding_bearers
  from agreed g
  group by g.pair_no
),
weighed as (
  select
    p.client_a as client_a,
    p.client_b as client_b,
    case when not p.has_phones then 0e0 when g.phone_bearers is null then ln(1e0 - 0.8e0) else ln(0.8e0 * safe_ratio(n.clients, (g.phone_bearers - 1) * 0.01e0)) end
    + case when not p.has_wechats then 0e0 when g.wechat_bearers is null then ln(1e0 - 0.8e0) else ln(0.8e0 * safe_ratio(n.clients, (g.wechat_bearers - 1) * 0.01e0)) end
    + case when not p.has_names then 0e0 when g.name_bearers is null then ln(1e0 - 0.6e0) else ln(0.6e0 * safe_ratio(n.clients, g.name_bearers - 1)) end
    + case when not p.has_stores then 0e0 when g.store_bearers is null then ln(1e0 - 0.9e0) else ln(0.9e0 * safe_ratio(n.clients, g.store_bearers - 1)) end
    + case when not p.has_cities then 0e0 when g.city_bearers is null then ln(1e0 - 0.9e0) else ln(0.9e0 * safe_ratio(n.clients, g.city_bearers - 1)) end
    + case when not p.has_weddings then 0e0 when g.wedding_bearers is null then ln(1e0 - 0.9e0) else ln(0.9e0 * safe_ratio(n.clients, g.wedding_bearers - 1)) end
    + case when o.order_id is null then 0e0 else ln(0.5e0 * safe_ratio(n.clients, 0.01e0)) end as weight,
    case when p.has_phones then case when g.phone_bearers is null then 'different' when g.by_partner = 1 then 'partner' else 'own' end end as phone_match,
    case when p.has_wechats then case when g.wechat_bearers is null then 'different' else 'same' end end as wechat_match,
    case when p.has_names then case when g.name_bearers is null then 'different' else 'same' end end as name_match,
    g.name_bearers as name_bearers,
    case when p.has_stores then case when g.store_bearers is null then 'different' else 'same' end end as store_match,
    case when p.has_cities then case when g.city_bearers is null then 'different' else 'same' end end as city_match,
    case when p.has_weddings then case when g.wedding_bearers is null then 'different' else 'same' end end as wedding_match,
    o.order_id as order_id
  from known_pairs p
  left join agreeing g on g.pair_no = p.pair_no
  left join order_pairs o on o.client_a = p.client_a and o.client_b = p.client_b
  cross join clients_known n
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
  from client_traits t
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
  s.order_id::varchar as shared_order,
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
order by s.row_no
