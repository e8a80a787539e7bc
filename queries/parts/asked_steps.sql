-- The steps of the asked funnel, in their places.
-- Required steps are walked by levels 1, 2, …; an optional step stands after a level and is not walked. Steps of one block
-- may come in any order among themselves: ordered and strict funnels have a block for each level, an unordered one has one,
-- and an anchored one has one for each anchored required step and for each run of others. pick_no puts the steps that ask for more first.
-- built: table
-- grain: step_no
-- uses: $steps, $order
with listed as (
  select unnest(json_items($steps::varchar)) as step
),
named as (
  select
    attribute(l.step, 'no')::bigint as step_no,
    attribute(l.step, 'name') as name,
    attribute(l.step, 'kind') as kind,
    coalesce(attribute(l.step, 'optional'), 'false') = 'true' as is_optional,
    (coalesce(attribute(l.step, 'anchored'), 'false') = 'true' and coalesce(attribute(l.step, 'optional'), 'false') = 'false')::boolean as is_anchored,
    length(json_items(coalesce(attribute(l.step, 'where'), '[]')))::bigint as conditions,
    attribute(attribute(l.step, 'within'), 'n')::bigint
      * (case attribute(attribute(l.step, 'within'), 'unit') when 'second' then 1 when 'minute' then 60 when 'hour' then 3600 when 'day' then 86400 when 'week' then 604800 end)::bigint
      * 1000000 as within_us
  from listed l
),
walked as (
  select
    n.*,
    sum((not n.is_optional)::int) over (order by n.step_no rows between unbounded preceding and current row)::bigint as level,
    sum((n.is_anchored)::int) over (order by n.step_no rows between unbounded preceding and current row)
      + sum((n.is_anchored)::int) over (order by n.step_no rows between unbounded preceding and 1 preceding) as anchors
  from named n
),
blocked as (
  select
    w.*,
    case
      when $order::varchar = 'unordered' then 1
      when $order::varchar = 'anchored' then 1 + coalesce(w.anchors, 0)
      else w.level
    end::bigint as block_no
  from walked w
)
select
  b.step_no as step_no,
  b.name as name,
  b.kind as kind,
  b.is_optional as is_optional,
  b.level as level,
  b.block_no as block_no,
  min(case when not b.is_optional then b.level end) over (partition by b.block_no) as first_level,
  b.conditions as conditions,
  row_number() over (order by (b.kind <> '*')::int desc, b.conditions desc, b.step_no)::bigint as pick_no,
  b.within_us as within_us
from blocked b
