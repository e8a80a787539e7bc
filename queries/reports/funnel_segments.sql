-- How the values of a field differ in going on from one step of a funnel to another, and which differ by more than noise.
-- The attempts of funnel_steps in its cohort view. Shown is everybody so far; compared are only those whose whole window has run
-- out on the data's last day, whatever became of them: who entered lately had less time, and values that grow would look bad
-- for it. The difference is that to all other values together, with Newcombe's interval (1998, Statistics in Medicine 17:873,
-- method 10); p is the probability at which that interval touches 0. Which are more than noise is decided over all values
-- together, at a false discovery rate of 5 % (Benjamini & Hochberg 1995, JRSS B 57:289); values with fewer than `least` to
-- compare, on either side, are no part of that. Whoever may not see single persons is told all of this in fives and of no rate of
-- fewer than 25 (see crowd-funnel.ts).
-- grain: segment
-- audience: owner, manager stores, marketer
-- crowd: fives
-- uses: funnel_between
-- finish: segmentVerdicts
-- param by varchar (channel | type | outcome | item) segment default channel: field whose values are compared
-- param from_step bigint (1 .. 20) default 1: place of the step of which a share goes on
-- param to_step bigint (1 .. 20) default 2: place of the step to which it goes on
-- param least bigint (1 .. 100000) default 20: of fewer nothing is said
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
-- rows base: funnel_standing step_no=$from_step standing='all' last='false' open=$open
-- rows hits: funnel_standing step_no=$to_step also=$from_step standing='all' last='false' open=$open
-- rows open: funnel_standing step_no=$from_step without=$to_step standing='open' last='false' open=$open
-- rows compared_base: funnel_standing step_no=$from_step standing='all' last='false' over='true' open=$open
-- rows compared_hits: funnel_standing step_no=$to_step also=$from_step standing='all' last='false' over='true' open=$open
-- rows rest_base: funnel_standing step_no=$from_step standing='all' last='false' over='true' rest='true' open=$open
-- rows rest_hits: funnel_standing step_no=$to_step also=$from_step standing='all' last='false' over='true' rest='true' open=$open
-- formula rate: hits / base
-- formula difference: compared_hits / compared_base - rest_hits / rest_base
-- column segment varchar: value of the field, null where missing
-- column base bigint not null: how many took the first of the two steps
-- column hits bigint not null: of those, how many took the other one so far
-- column open bigint not null: of the others, how many still can
-- column rate double: hits / base
-- column rate_low double: Wilson's 95 % interval, lower end
-- column rate_high double: upper end
-- column compared_hits bigint not null: of the hits, those whose window has run out
-- column compared_base bigint not null: of the base likewise
-- column rest_hits bigint not null: the same of all other values
-- column rest_base bigint not null: likewise
-- column difference double: compared_hits / compared_base - rest_hits / rest_base
-- column difference_low double: Newcombe's 95 % interval, lower end
-- column difference_high double: upper end
-- column p double: two-sided probability of at least this difference by chance; null without a verdict of noise
-- column verdict varchar not null: more_than_noise, within_noise, too_early (enough people, not enough time) or too_few
with counted as (
  select
    r.segment as segment,
    count(*)::bigint as base,
    sum(r.went_on)::bigint as hits,
    sum(r.is_open * (1 - r.went_on))::bigint as open,
    sum(r.went_on * r.is_over)::bigint as compared_hits,
    sum(r.is_over)::bigint as compared_base
  from funnel_between r
  group by r.segment
),
told as (
  select
    c.segment as segment,
    fives($viewer_shown::varchar[], c.base) as base,
    fives($viewer_shown::varchar[], c.hits) as hits,
    fives($viewer_shown::varchar[], c.hits + c.open) - fives($viewer_shown::varchar[], c.hits) as open,
    fives($viewer_shown::varchar[], c.compared_hits) as compared_hits,
    fives($viewer_shown::varchar[], c.compared_base) as compared_base,
    case when length($viewer_shown::varchar[]) = 0 then 1 else 25 end::bigint as least_of_rates,
    case when length($viewer_shown::varchar[]) = 0 then $least::bigint else greatest($least::bigint, 25) end as least_compared
  from counted c
  where length($viewer_shown::varchar[]) = 0 or c.base >= 5
),
beside as (
  select
    t.*,
    (sum(t.base) over () - t.base)::bigint as rest_people,
    (sum(t.compared_hits) over () - t.compared_hits)::bigint as rest_hits,
    (sum(t.compared_base) over () - t.compared_base)::bigint as rest_base,
    case when t.base >= t.least_of_rates then t.base end as rate_base,
    case when t.compared_base >= t.least_of_rates then t.compared_base end as own_base
  from told t
),
rated as (
  select b.*, case when b.rest_base >= b.least_of_rates then b.rest_base end as other_base
  from beside b
)
select
  b.segment::varchar as segment,
  b.base::bigint as base,
  b.hits::bigint as hits,
  b.open::bigint as open,
  safe_ratio(b.hits, b.rate_base)::double as rate,
  wilson_low(b.hits, b.rate_base)::double as rate_low,
  wilson_high(b.hits, b.rate_base)::double as rate_high,
  b.compared_hits::bigint as compared_hits,
  b.compared_base::bigint as compared_base,
  b.rest_hits::bigint as rest_hits,
  b.rest_base::bigint as rest_base,
  (safe_ratio(b.compared_hits, b.own_base) - safe_ratio(b.rest_hits, b.other_base))::double as difference,
  newcombe_low(b.compared_hits, b.own_base, b.rest_hits, b.other_base)::double as difference_low,
  newcombe_high(b.compared_hits, b.own_base, b.rest_hits, b.other_base)::double as difference_high,
  null::double as p,
  case
    when b.base < b.least_compared or b.rest_people < b.least_compared then 'too_few'
    when b.compared_base < b.least_compared or b.rest_base < b.least_compared then 'too_early'
    else 'within_noise'
  end::varchar as verdict
from rated b
order by b.base desc, b.segment nulls last
