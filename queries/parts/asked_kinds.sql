-- Which steps an event can take, by its kind; `*` stands for kinds that no step names.
-- serves: how many steps an event of this kind can take.
-- built: table
-- grain: kind, step_no
-- uses: asked_steps
with kinds as (
  select s.kind as kind from asked_steps s
  union
  select '*' as kind
)
select
  k.kind as kind,
  s.step_no as step_no,
  s.block_no as block_no,
  s.first_level as first_level,
  s.is_optional as is_optional,
  s.within_us as within_us,
  s.pick_no as pick_no,
  count(*) over (partition by k.kind)::bigint as serves
from kinds k
cross join asked_steps s
where s.kind = k.kind or s.kind = '*'
