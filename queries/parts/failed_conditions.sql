-- Events that miss a condition of a step or exclusion of their kind, or one that every event has to meet.
-- Conditions are looked up by kind; under `*` stand those that events of any other kind have to meet.
-- grain: event_no, part, part_no
-- uses: asked_conditions, $steps, $exclusions, $conditions
with conditioned as (
  select a.kind as kind from asked_conditions a
  union
  select '*' as kind
),
conditions as (
  select k.kind as kind, c.part as part, c.part_no as part_no, c.field as field, c.op as op, c.texts as texts
  from conditioned k
  cross join asked_conditions c
  where c.kind = k.kind or c.kind = '*'
),
valued as (
  select
    e.event_no as event_no,
    c.part as part,
    c.part_no as part_no,
    c.op as op,
    c.texts as texts,
    case c.field
      when 'store' then e.store
      when 'staff' then e.staff_id
      when 'channel' then e.channel
      when 'campaign' then e.campaign
      when 'kind' then e.kind
      when 'type' then e.type
      when 'outcome' then e.outcome
      when 'item' then e.item
      when 'amount' then (e.amount::double)::varchar
      else coalesce(attribute(e.attributes, c.field), attribute(e.extra, c.field))
    end as value
  from events e
  join conditions c on c.kind = case
    when is_in(json_names($steps::varchar, 'conditioned'), e.kind) then e.kind
    when is_in(json_names(coalesce($exclusions::varchar, '[]'), 'conditioned'), e.kind) then e.kind
    else '*'
  end
  where
    is_in(json_names($steps::varchar, 'conditioned'), e.kind)
    or is_in(json_names(coalesce($exclusions::varchar, '[]'), 'conditioned'), e.kind)
    or is_in(json_names($steps::varchar, 'conditioned'), '*')
    or is_in(json_names(coalesce($exclusions::varchar, '[]'), 'conditioned'), '*')
    or $conditions::varchar is not null
)
select distinct v.event_no as event_no, v.part as part, v.part_no as part_no
from valued v
where meets(v.value, v.op, v.texts) is not true
