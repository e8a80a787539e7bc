-- What every client is known by: each telephone, WeChat name, name, store, city and wedding day once.
-- A client is a couple: the partner's name and telephone are theirs. Of several telephones in one cell each is one. The store is that of a lead or journey.
-- grain: client_id, kind, value
-- column client_id varchar not null: C:customer_id, else the journey_id that they are known by (client_links)
-- column kind varchar not null: phone, wechat, name, store, city or wedding
-- column value varchar not null: as written in the lists; a wedding day as yyyy-mm-dd
-- column is_partners boolean not null: only the partner's
with described as (
  select
    coalesce('C:' || coalesce(l.customer_id, p.customer_id), 'L:' || l.lead_id) as person_id, l.customer_name as name,
    null::varchar as partner_name, l.phone as phone, null::varchar as partner_phone, l.wechat as wechat, l.store as store,
    l.city as city, l.wedding_on as wedding_on
  from exports.leads l
  left join paths p on p.journey_id = 'L:' || l.lead_id
  where day_of(l.created_at) <= l.imported_on
  union all
  select
    'C:' || c.customer_id as person_id, c.name as name, c.partner_name as partner_name, c.phone as phone,
    c.partner_phone as partner_phone, c.wechat as wechat, null::varchar as store, c.city as city, c.wedding_on as wedding_on
  from exports.customers c
  union all
  select
    coalesce('C:' || j.customer_id, j.journey_id) as person_id, null::varchar as name, null::varchar as partner_name,
    null::varchar as phone, null::varchar as partner_phone, null::varchar as wechat, j.store as store, null::varchar as city,
    null::date as wedding_on
  from begun_journeys j
  where j.store is not null and (j.customer_id is not null or j.kind = 'lead')
),
of_clients as materialized (
  select coalesce(k.client_id, d.person_id) as client_id, d.*
  from described d
  left join client_links k on k.person_id = d.person_id
),
told as (
  select o.client_id as client_id, 'phone' as kind, o.phone as value, false as is_partners from of_clients o
  where regexp_extract(o.phone, '^[+]?[0-9]{7,15}$') <> ''
  union all
  select o.client_id as client_id, 'phone' as kind, o.partner_phone as value, true as is_partners from of_clients o
  where regexp_extract(o.partner_phone, '^[+]?[0-9]{7,15}$') <> ''
  union all
  select o.client_id as client_id, 'phone' as kind, unnest(phones_of(o.phone)) as value, false as is_partners from of_clients o
  where char_length(o.phone) > 16
  union all
  select o.client_id as client_id, 'phone' as kind, unnest(phones_of(o.partner_phone)) as value, true as is_partners from of_clients o
  where char_length(o.partner_phone) > 16
  union all
  select o.client_id as client_id, 'wechat' as kind, o.wechat as value, false as is_partners from of_clients o
  union all
  select o.client_id as client_id, 'name' as kind, o.name as value, false as is_partners from of_clients o
  union all
  select o.client_id as client_id, 'name' as kind, o.partner_name as value, true as is_partners from of_clients o
  union all
  select o.client_id as client_id, 'store' as kind, o.store as value, false as is_partners from of_clients o
  union all
  select o.client_id as client_id, 'city' as kind, o.city as value, false as is_partners from of_clients o
  union all
  select o.client_id as client_id, 'wedding' as kind, o.wedding_on::varchar as value, false as is_partners from of_clients o
)
select
  t.client_id::varchar as client_id,
  t.kind::varchar as kind,
  t.value::varchar as value,
  (min(case when t.is_partners then 1 else 0 end) = 1)::boolean as is_partners
from told t
where t.value is not null and (t.kind <> 'name' or char_length(t.value) > 1)
group by t.client_id, t.kind, t.value
