-- How many people stand in each stage of the life cycle on a day.
-- Stages are those of client_stages: A acquisition, no order yet; B growth; C maturity, two orders or a referral within the life
-- span; D decline, nothing for half of it; E lost, nothing for all of it. Who only is a lead stands in A too. Segments and
-- filters are those of the first journey.
-- grain: segment, stage
-- audience: owner, manager stores
-- uses: stage_people
-- param as_of date default as_of: the day; nothing later is counted
-- param by varchar optional segment: field of the first journey whose values split the rows
-- param where varchar[] filters: entries field=value
-- rows people: stage_clients
-- formula share: people / all_people
-- column segment varchar: value of the segment, all without one, null where missing
-- column stage varchar not null: A, B, C, D or E
-- column people bigint not null: people in the stage
-- column all_people bigint not null: people in all stages
-- column share double: people / all_people; null when that is 0
-- column only_leads bigint not null: of them, without a visit, an order or a referral ever
-- column amount decimal(18,2) not null: signed and upsold by them up to as_of
-- column life_span_months bigint not null: the playbook's life span
with spent as (
  select a.client_no as client_no, sum(a.amount)::decimal(18,2) as amount
  from client_acts a
  where a.happened_on <= $as_of::date and a.amount is not null
  group by a.client_no
),
counted as (
  select
    p.segment as segment,
    p.stage as stage,
    count(*)::bigint as people,
    sum((p.client_no is null)::int)::bigint as only_leads,
    coalesce(sum(s.amount), 0)::decimal(18,2) as amount
  from stage_people p
  left join spent s on s.client_no = p.client_no
  group by p.segment, p.stage
),
segments as (
  select c.segment as segment, sum(c.people)::bigint as all_people from counted c group by c.segment
)
select
  g.segment::varchar as segment,
  n.stage::varchar as stage,
  coalesce(c.people, 0)::bigint as people,
  g.all_people::bigint as all_people,
  safe_ratio(coalesce(c.people, 0), g.all_people)::double as share,
  coalesce(c.only_leads, 0)::bigint as only_leads,
  coalesce(c.amount, 0)::decimal(18,2) as amount,
  l.life_span_months::bigint as life_span_months
from segments g
cross join life_span l
cross join (values ('A'), ('B'), ('C'), ('D'), ('E')) n(stage)
left join counted c on c.segment is not distinct from g.segment and c.stage = n.stage
order by g.segment nulls last, n.stage
