-- Which share of those who entered a funnel had taken its last step by each age.
-- The same attempts as funnel_steps, by Kaplan and Meier: whoever has not arrived has been followed up to the end of its window or
-- as_of. Days are those of the calendar. One row for each age at which somebody arrived or was last seen; nobody is lost.
-- grain: segment, age
-- audience: owner, manager stores
-- uses: entry_days, exits = funnel_exits, survival_bands
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
-- param by varchar (type | outcome | item) optional segment: field whose values split the rows
-- param attribution varchar (first | last | step) default first: which step says the value of the segment, its event or else that event's journey: the entry, the last one taken, or the one below
-- param attribution_step bigint (1 .. 20) default 1: place of that step among the required ones
-- param where varchar[] filters: entries field=value; only events of journeys that have these
-- param conf_type varchar (log_log | log | plain) default log_log: of what the interval is taken: the logarithm of minus the logarithm of the share, its logarithm, or the share itself
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column age bigint not null: days since the beginning
-- column at_risk bigint not null: open just before that age, and seen at it
-- column events bigint not null: went on at this age
-- column losses bigint not null: were lost at this age
-- column censored bigint not null: were open when last seen, at this age
-- column incidence double not null: share gone on by this age, of all
-- column incidence_low double: lower end of its 95 % interval
-- column incidence_high double: upper end of its 95 % interval
-- column survivor double not null: 1 - incidence
-- column standard_error double: of either (Greenwood); null where nobody is left
-- column survivor_low double: lower end of its 95 % interval
-- column survivor_high double: upper end of its 95 % interval
-- column loss_incidence double not null: share lost by this age, of all
-- column open_share double not null: share neither gone on nor lost by this age
select
  b.segment::varchar as segment,
  b.age::bigint as age,
  b.at_risk::bigint as at_risk,
  b.reached::bigint as events,
  b.lost::bigint as losses,
  b.censored::bigint as censored,
  b.incidence::double as incidence,
  (1e0 - b.survivor_high)::double as incidence_low,
  (1e0 - b.survivor_low)::double as incidence_high,
  b.survivor::double as survivor,
  b.standard_error::double as standard_error,
  b.survivor_low::double as survivor_low,
  b.survivor_high::double as survivor_high,
  b.loss_incidence::double as loss_incidence,
  greatest(1e0 - b.incidence - b.loss_incidence, 0e0)::double as open_share
from survival_bands b
order by b.segment nulls last, b.age
