-- Events that miss a condition.
-- grain: event_no, part
-- uses: retention_conditions, $cohort, $return
with valued as (
  select
    e.event_no as event_no,
    c.part as part,
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
  cross join retention_conditions c
  where
    $cohort::varchar in ('*', 'any') or $return::varchar in ('*', 'any') or e.kind in ($cohort::varchar, coalesce($return::varchar, ''))
)
select distinct v.event_no as event_no, v.part as part
from valued v
where meets(v.value, v.op, v.texts) is not true
