-- Events that miss a condition of a step or exclusion of their kind, or one that every event has to meet.
-- grain: event_id, part, part_no
-- uses: asked_conditions, $steps, $exclusions, $conditions
with tested as (
  select
    e.event_id as event_id,
    e.kind as kind,
    e.store as store,
    e.staff_id as staff_id,
    e.channel as channel,
    e.campaign as campaign,
    e.type as type,
    e.outcome as outcome,
    e.item as item,
    e.amount as amount,
    e.attributes as attributes,
    e.extra as extra,
    c.part as part,
    c.part_no as part_no,
    c.field as field,
    c.op as op,
    c.texts as texts
  from events e
  join asked_conditions c on c.kind = e.kind
  where
    is_in(json_names($steps::varchar, 'conditioned'), e.kind)
    or is_in(json_names(coalesce($exclusions::varchar, '[]'), 'conditioned'), e.kind)
  union all
  select
    e.event_id as event_id,
    e.kind as kind,
    e.store as store,
    e.staff_id as staff_id,
    e.channel as channel,
    e.campaign as campaign,
    e.type as type,
    e.outcome as outcome,
    e.item as item,
    e.amount as amount,
    e.attributes as attributes,
    e.extra as extra,
    c.part as part,
    c.part_no as part_no,
    c.field as field,
    c.op as op,
    c.texts as texts
  from events e
  cross join (select * from asked_conditions a where a.kind = '*') c
  where
    is_in(json_names($steps::varchar, 'conditioned'), '*')
    or is_in(json_names(coalesce($exclusions::varchar, '[]'), 'conditioned'), '*')
    or $conditions::varchar is not null
),
valued as (
  select
    t.event_id as event_id,
    t.part as part,
    t.part_no as part_no,
    t.op as op,
    t.texts as texts,
    case t.field
      when 'store' then t.store
      when 'staff' then t.staff_id
      when 'channel' then t.channel
      when 'campaign' then t.campaign
      when 'kind' then t.kind
      when 'type' then t.type
      when 'outcome' then t.outcome
      when 'item' then t.item
      when 'amount' then (t.amount::double)::varchar
      else coalesce(attribute(t.attributes, t.field), attribute(t.extra, t.field))
    end as value
  from tested t
)
select distinct v.event_id as event_id, v.part as part, v.part_no as part_no
from valued v
where
  (case v.op
    when 'is' then is_in(v.texts, v.value)
    when 'is_not' then v.value is null or not is_in(v.texts, v.value)
    when 'known' then v.value is not null
    when 'unknown' then v.value is null
    when 'more' then to_number(v.value) > to_number(v.texts[1])
    when 'less' then to_number(v.value) < to_number(v.texts[1])
  end) is not true
