-- Which kinds of events a business records, the most frequent first: what can be a step of a funnel.
-- grain: kind
-- audience: owner, manager stores
-- param as_of date default as_of: nothing later than this day is counted
-- column kind varchar not null: as steps of funnels name it
-- column events bigint not null: how many there are
-- column people bigint not null: of how many persons
-- column first_on date not null: business day of the first one
-- column last_on date not null: business day of the last one
select
  e.kind::varchar as kind,
  count(*)::bigint as events,
  count(distinct e.person_id)::bigint as people,
  min(day_of(e.happened_at))::date as first_on,
  max(day_of(e.happened_at))::date as last_on
from events e
where day_of(e.happened_at) <= $as_of::date
group by e.kind
order by count(*) desc, e.kind
