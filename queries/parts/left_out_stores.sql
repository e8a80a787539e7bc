-- Stores that lack rows of a list in one of the periods: they are compared with nothing.
-- Orders and money are compared without the stores that lack orders (scope orders); what leads to them also without those
-- that lack leads or visits (scope any). Where no store would be left to compare, none is left out: whole figures stand,
-- and compared they say nothing.
-- grain: scope, store_key
-- uses: period_gaps, recording_stores
with scopes as (
  select s.scope as scope, s.first_step::bigint as first_step
  from (values ('any', 2), ('orders', 4)) s(scope, first_step)
),
lacking as (
  select distinct s.scope as scope, g.store_key as store_key
  from period_gaps g
  cross join scopes s
  where g.step_no >= s.first_step
),
stores as (
  select distinct s.scope as scope, r.store_key as store_key
  from recording_stores r
  cross join scopes s
),
remaining as (
  select distinct s.scope as scope
  from stores s
  anti join lacking l on l.scope = s.scope and l.store_key = s.store_key
)
select l.scope as scope, l.store_key as store_key
from lacking l
semi join remaining r on r.scope = l.scope
