-- Which kinds of events a business records, the most frequent first: what can be a step of a funnel.
-- Whoever may not see single persons is told in fives, by month, and of no kind of fewer than five persons.
-- grain: kind
-- audience: owner, manager stores, marketer
-- crowd: fives
-- param as_of date default as_of: nothing later than this day is counted
-- column kind varchar not null: as steps of funnels name it
-- column events bigint not null: how many there are
-- column people bigint not null: of how many persons
-- column first_on date not null: business day of the first one
-- column last_on date not null: business day of the last one
with counted as (
  select
    e.kind as kind,
    count(*)::bigint as events,
    count(distinct e.person_id)::bigint as people,
    min(day_of(e.happened_at)) as first_on,
    max(day_of(e.happened_at)) as last_on
  from events e
  where day_of(e.happened_at) <= $as_of::date
  group by e.kind
),
told as (
  select
    c.kind as kind,
    fives($viewer_shown::varchar[], c.events) as events,
    fives($viewer_shown::varchar[], c.people) as people,
    case when length($viewer_shown::varchar[]) = 0 then c.first_on else month_start(c.first_on) end as first_on,
    case when length($viewer_shown::varchar[]) = 0 then c.last_on else month_start(c.last_on) end as last_on
  from counted c
  where length($viewer_shown::varchar[]) = 0 or c.people >= 5
)
select
  t.kind::varchar as kind,
  t.events::bigint as events,
  t.people::bigint as people,
  t.first_on::date as first_on,
  t.last_on::date as last_on
from told t
order by t.events desc, t.kind
