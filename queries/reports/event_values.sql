-- The values that events give one of their fields, the most frequent first: what a condition of a step can ask for.
-- grain: value
-- audience: owner, manager stores
-- param field varchar event default type: field of the values
-- param kind varchar optional: only events of this kind
-- param as_of date default as_of: nothing later than this day is counted
-- param limit bigint (1 .. 1000) default 50: most values
-- column value varchar not null: as conditions write it
-- column name varchar staff: of one of the staff, as the list of staff calls them
-- column events bigint not null: how many say so
with said as (
  select
    case $field::varchar
      when 'store' then e.store
      when 'staff' then e.staff_id
      when 'channel' then e.channel
      when 'campaign' then e.campaign
      when 'kind' then e.kind
      when 'type' then e.type
      when 'outcome' then e.outcome
      when 'item' then e.item
      when 'amount' then (e.amount::double)::varchar
      else coalesce(attribute(e.attributes, $field::varchar), attribute(e.extra, $field::varchar))
    end as value
  from events e
  where day_of(e.happened_at) <= $as_of::date and ($kind::varchar is null or e.kind = $kind::varchar)
),
counted as (
  select s.value as value, count(*)::bigint as events
  from said s
  where s.value is not null
  group by s.value
),
numbered as (
  select c.*, row_number() over (order by c.events desc, c.value)::bigint as place
  from counted c
)
select
  n.value::varchar as value,
  case when $field::varchar = 'staff' then f.name end::varchar as name,
  n.events::bigint as events
from numbered n
left join exports.staff f on f.staff_id = n.value
where n.place <= $limit::bigint
order by n.place
