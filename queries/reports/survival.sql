-- Which share of the journeys begun in a period had gone on to a step by each age, with those still open counted as open.
-- Kaplan and Meier's estimate, and with dated losses Aalen and Johansen's: a loss is an end that competes with the step, being
-- young is none. A journey that goes on after its loss has gone on. One row for each age at which somebody went on, was lost or
-- was last seen.
-- grain: segment, age
-- audience: owner, manager stores, marketer
-- crowd: begun
-- uses: exits = journey_exits, survival_bands
-- param from date default first_day: first business day of the journey's beginning, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param step varchar (active | bought | bought_again | brought_friend) default bought: which step
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
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
