-- Kinds of the list events, with how many events each has.
-- What asks whether a kind was ever recorded reads it here, and not all events.
-- refreshed: adding events
-- grain: kind
-- column kind varchar not null: as the list says
-- column events bigint not null: how many; those dated after their import are impossible and left out
select e.kind::varchar as kind, count(*)::bigint as events
from exports.events e
where day_of(e.happened_at) <= e.imported_on
group by e.kind
