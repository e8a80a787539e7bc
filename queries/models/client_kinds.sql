-- How much every client is known by: of each kind of trait how many, and one of them.
-- Two of whom each has but one store are compared by it at once, without looking through all traits (client_matches).
-- grain: client_id
-- column client_id varchar not null: see client_traits
-- column phones bigint not null: telephones, their own and the partner's
-- column wechats bigint not null: WeChat names
-- column names bigint not null: names, the bride's and the groom's
-- column stores bigint not null: stores
-- column cities bigint not null: cities
-- column weddings bigint not null: wedding days
-- column store varchar: the first of their stores, by name
-- column city varchar: likewise
-- column wedding varchar: likewise, yyyy-mm-dd
select
  t.client_id::varchar as client_id,
  sum((t.kind = 'phone')::int)::bigint as phones,
  sum((t.kind = 'wechat')::int)::bigint as wechats,
  sum((t.kind = 'name')::int)::bigint as names,
  sum((t.kind = 'store')::int)::bigint as stores,
  sum((t.kind = 'city')::int)::bigint as cities,
  sum((t.kind = 'wedding')::int)::bigint as weddings,
  min(case when t.kind = 'store' then t.value end)::varchar as store,
  min(case when t.kind = 'city' then t.value end)::varchar as city,
  min(case when t.kind = 'wedding' then t.value end)::varchar as wedding
from client_traits t
group by t.client_id
