-- By what an owner can move people of each stage: what they bought, where they came from, whom one may call, who is loyal.
-- Segmentation is `by`. Product: the packages and the upsold items that people of the stage bought. Channel: the channel of the first journey.
-- Contact: a telephone number is known, of the customer, the partner or a lead (the size of a list to advertise to). Loyalty: holds
-- a referral card, brought a lead, was given a reward. Of each lever the values most people have; missing values are left out.
-- Levers of product, contact and loyalty may hold for several values of one person: they do not sum to the stage.
-- grain: segment, stage, lever, value
-- audience: owner, manager stores
-- uses: stage_people
-- param as_of date default as_of: the day; nothing later is counted
-- param by varchar optional segment: field of the first journey whose values split the rows
-- param where varchar[] filters: entries field=value
-- param most bigint (1 .. 100) default 5: most values of each lever
-- formula share: people / stage_people
-- column segment varchar: value of the segment, all without one, null where missing
-- column stage varchar not null: A, B, C, D or E
-- column lever varchar not null: package, item, channel, contact or loyalty
-- column value varchar not null: the package, item type or channel; phone; card, brought or reward
-- column people bigint not null: people of the stage for whom it holds
-- column stage_people bigint not null: people in the stage
-- column share double: people / stage_people
with standing as materialized (
  select p.client_no as client_no, p.client_id as client_id, p.journey_id as journey_id, p.segment as segment, p.stage as stage
  from stage_people p
),
phones as (
  select c.client_id as client_id
  from (
    select coalesce(k.client_id, 'C:' || u.customer_id) as client_id
    from exports.customers u
    left join client_links k on k.person_id = 'C:' || u.customer_id
    where coalesce(u.phone, u.partner_phone) is not null
    union all
    select coalesce(k.client_id, coalesce('C:' || j.customer_id, j.journey_id)) as client_id
    from exports.leads l
    join begun_journeys j on j.journey_id = 'L:' || l.lead_id
    left join client_links k on k.person_id = coalesce('C:' || j.customer_id, j.journey_id)
    where l.phone is not null and day_of(l.created_at) <= least($as_of::date, l.imported_on)
  ) c
  group by c.client_id
),
had as (
  select a.client_no as client_no, 'package' as lever, o.package as value
  from client_acts a
  join exports.orders o on o.order_id = a.order_id
  where a.kind = 'order' and a.happened_on <= $as_of::date and o.package is not null
  union all
  select a.client_no as client_no, 'item' as lever, u.item_type as value
  from client_acts a
  join exports.upsells u on row_no(u.batch_id, u.line) * 16 + 6 = a.act_no
  where a.kind = 'upsell' and a.happened_on <= $as_of::date and u.item_type is not null
  union all
  select a.client_no as client_no, 'loyalty' as lever, 'brought' as value
  from client_acts a
  where a.kind = 'referral' and a.happened_on <= $as_of::date
),
held as (
  select z.client_id as client_id, z.value as value
  from (
    select coalesce(k.client_id, 'C:' || c.customer_id) as client_id, 'card' as value
    from exports.cards c
    left join client_links k on k.person_id = 'C:' || c.customer_id
    where day_of(c.issued_at) <= $as_of::date
    union all
    select coalesce(k.client_id, 'C:' || r.referrer_customer_id) as client_id, 'reward' as value
    from exports.referral_rewards r
    left join client_links k on k.person_id = 'C:' || r.referrer_customer_id
    where day_of(r.given_at) <= $as_of::date and r.referrer_customer_id is not null
  ) z
),
told as (
  select s.segment as segment, s.stage as stage, h.lever as lever, h.value as value, count(distinct s.client_no)::bigint as people
  from had h
  join standing s on s.client_no = h.client_no
  group by s.segment, s.stage, h.lever, h.value
  union all
  select s.segment as segment, s.stage as stage, 'loyalty' as lever, h.value as value, count(distinct s.client_id)::bigint as people
  from held h
  join standing s on s.client_id = h.client_id
  group by s.segment, s.stage, h.value
  union all
  select s.segment as segment, s.stage as stage, 'channel' as lever, j.channel as value, count(*)::bigint as people
  from standing s
  join begun_journeys j on j.journey_id = s.journey_id
  where j.channel is not null
  group by s.segment, s.stage, j.channel
  union all
  select s.segment as segment, s.stage as stage, 'contact' as lever, 'phone' as value, count(*)::bigint as people
  from standing s
  join phones p on p.client_id = s.client_id
  group by s.segment, s.stage
),
counted as (
  select s.segment as segment, s.stage as stage, count(*)::bigint as stage_people
  from standing s
  group by s.segment, s.stage
),
placed as (
  select
    t.*,
    row_number() over (partition by t.segment, t.stage, t.lever order by t.people desc, t.value)::bigint as place
  from told t
)
select
  p.segment::varchar as segment,
  p.stage::varchar as stage,
  p.lever::varchar as lever,
  p.value::varchar as value,
  p.people::bigint as people,
  c.stage_people::bigint as stage_people,
  safe_ratio(p.people, c.stage_people)::double as share
from placed p
join counted c on c.segment is not distinct from p.segment and c.stage = p.stage
where p.place <= $most::bigint
order by p.segment nulls last, p.stage, p.lever, p.people desc, p.value
