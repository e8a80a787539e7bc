-- What people did next instead: the events that followed where they left a funnel, the most frequent path first.
-- Those who took a step and came no further, as funnel_steps counts them; of each the next three events of any kind, in time, up
-- to as_of. A path that ends early ends in nothing further.
-- grain: first_kind, second_kind, third_kind
-- audience: owner, manager stores
-- uses: funnel_followed
-- param step_no bigint (1 .. 20) default 1: place of the step where they left
-- param standing varchar (all | lost | open) default all: which of them
-- param limit bigint (1 .. 1000) default 20: most paths
-- param by varchar (type | outcome | item) optional segment: field of which segment is a value
-- param segment varchar optional: with by, only those of this value; without a value those where it is missing
-- param steps varchar contract default [{"kind":"lead"},{"kind":"visit"},{"kind":"order"}]: JSON list of up to 20 steps {kind, name, where, within, optional, anchored}; a kind alone may stand for its step, and null for any event
-- param exclusions varchar optional contract: JSON list of events {kind, where, from, to} that void an attempt when they come between these two steps
-- param conditions varchar optional contract: JSON list of conditions {field, is | is_not | more | less | known} that every event has to meet
-- param from date default first_day: first business day of the entry, inclusive
-- param to date default as_of: last business day of the entry, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param order varchar (ordered | strict | unordered | anchored) default ordered: in order; in order with nothing in between; in any order; in any order between anchored steps
-- param window bigint (1 .. 100000) default 90: how long an attempt may take, inclusive
-- param window_unit varchar (second | minute | hour | day | week) default day: unit of the window
-- param tolerance bigint (0 .. 86400) default 0: seconds by which a step may be recorded too early and still be in order
-- param entry varchar (every | first | first_ever) default every: every event of the first step begins an attempt, the first in the period, or the first ever
-- param open boolean default false: attempts may begin at any step
-- param count varchar (people | leads | orders | totals | money) default people: what walks: persons, journeys, orders; totals counts every attempt, money adds what the steps of persons brought
-- param hold varchar (store | staff | order | journey) optional: what must be the same as at the first step
-- param attribution varchar (first | last | step) default first: which step says the value of the segment, its event or else that event's journey: the entry, the last one taken, or the one below
-- param attribution_step bigint (1 .. 20) default 1: place of that step among the required ones
-- param where varchar[] filters: entries field=value; only events of journeys that have these
-- rows people: funnel_standing last='true' path='true' open=$open
-- rows all_people: funnel_standing last='true' first_kind='' second_kind='' third_kind='' open=$open
-- formula share: people / all_people
-- column first_kind varchar: what came next; null for nothing
-- column second_kind varchar: then
-- column third_kind varchar: then
-- column people bigint not null: how many went this way
-- column all_people bigint not null: all who left here
-- column share double not null: people / all_people
-- column median_seconds double: from the step to the first of these events; null for nothing
with paths_taken as (
  select
    f.first_kind as first_kind,
    f.second_kind as second_kind,
    f.third_kind as third_kind,
    count(*)::bigint as people,
    percentile(f.waited_us, 0.5e0) / 1e6 as median_seconds
  from funnel_followed f
  where
    ($standing::varchar = 'all' or f.became = $standing::varchar)
    and ($by::varchar is null or f.segment is not distinct from $segment::varchar)
  group by f.first_kind, f.second_kind, f.third_kind
),
numbered as (
  select
    p.*,
    sum(p.people) over () as all_people,
    row_number() over (order by p.people desc, p.first_kind nulls last, p.second_kind nulls last, p.third_kind nulls last)::bigint as place
  from paths_taken p
)
select
  n.first_kind::varchar as first_kind,
  n.second_kind::varchar as second_kind,
  n.third_kind::varchar as third_kind,
  n.people::bigint as people,
  n.all_people::bigint as all_people,
  safe_ratio(n.people, n.all_people)::double as share,
  n.median_seconds::double as median_seconds
from numbered n
where n.place <= $limit::bigint
order by n.place
