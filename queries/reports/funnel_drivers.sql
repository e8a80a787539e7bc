-- What goes with going on from one step of a funnel to another: the values of attributes, the one that tells most first.
-- An attribute is what the event of the first step or the journey's lead says when the step is taken, nothing that is known only
-- later. Each value stands against all others of those whose window has run out (see funnel_segments). The odds ratio and its
-- interval are those of cells with a half added, which also holds where one is empty (Gart 1966, Biometrika 53:173; Agresti 1999,
-- Biometrics 55:597). Beside it the same within channel and store: Mantel & Haenszel's ratio (1959, JNCI 22:719) with the variance
-- of Robins, Breslow & Greenland (1986, Biometrics 42:311); a channel is only compared within stores, a store within channels. A
-- value whose odds may be even within channel and store only stands for them. Which are more than noise is decided over all
-- values together (Benjamini & Hochberg 1995, JRSS B 57:289). What goes together need not bring about.
-- grain: field, value
-- audience: owner, manager stores
-- uses: funnel_between, $least
-- finish: driverVerdicts
-- param from_step bigint (1 .. 20) default 1: place of the step of which a share goes on
-- param to_step bigint (1 .. 20) default 2: place of the step to which it goes on
-- param least bigint (1 .. 100000) default 20: of fewer nothing is said
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
-- rows base: funnel_standing step_no=$from_step standing='all' last='false' over='true' open=$open
-- rows hits: funnel_standing step_no=$to_step also=$from_step standing='all' last='false' over='true' open=$open
-- rows rest_base: funnel_standing step_no=$from_step standing='all' last='false' over='true' rest='true' open=$open
-- rows rest_hits: funnel_standing step_no=$to_step also=$from_step standing='all' last='false' over='true' rest='true' open=$open
-- formula odds_ratio: (hits + 0.5) * (rest_base - rest_hits + 0.5) / ((base - hits + 0.5) * (rest_hits + 0.5))
-- column field varchar not null: channel, store, campaign, inviter, type, item, staff (of any event but a lead), or an attribute of the event
-- column value varchar not null: its value
-- column hits bigint not null: of those with the value, how many went on
-- column base bigint not null: those with the value
-- column rest_hits bigint not null: of all others, how many went on
-- column rest_base bigint not null: all others
-- column odds_ratio double not null: odds of going on with the value over those without
-- column odds_low double not null: 95 % interval, lower end
-- column odds_high double not null: upper end
-- column adjusted_odds double: the same within channel and store; null where these leave nothing to compare
-- column adjusted_low double: 95 % interval, lower end
-- column adjusted_high double: upper end
-- column stands_in boolean not null: within channel and store the odds may be even: the value may only stand for them
-- column z double not null: logarithm of the odds ratio in its standard errors
-- column p double: two-sided probability of at least this ratio by chance; null where too few
-- column verdict varchar not null: more_than_noise, within_noise or too_few
with met as (
  select
    b.attempt as attempt,
    b.went_on as went_on,
    e.type as type,
    e.item as item,
    case when e.kind <> 'lead' then e.staff_id end as staff,
    e.attributes as attributes,
    e.extra as extra,
    j.store as store,
    j.channel as channel,
    j.campaign as campaign,
    j.inviter as inviter,
    coalesce(j.channel, '') as channel_key,
    coalesce(j.store, '') as store_key
  from funnel_between b
  join events e on e.event_no = b.event_no
  left join journeys j on j.journey_id = e.journey_id
  where b.is_over = 1 and ($by::varchar is null or b.segment is not distinct from $segment::varchar)
),
objects as (
  select m.attempt as attempt, m.went_on as went_on, m.channel_key as channel_key, m.store_key as store_key, m.attributes as object, null::varchar as said_before
  from met m
  where m.attributes is not null
  union all
  select m.attempt as attempt, m.went_on as went_on, m.channel_key as channel_key, m.store_key as store_key, m.extra as object, m.attributes as said_before
  from met m
  where m.extra is not null
),
named as (
  select o.*, unnest(attribute_names(o.object)) as field
  from objects o
),
said as (
  select m.went_on as went_on, m.channel_key as channel_key, m.store_key as store_key, 'channel' as field, m.channel as value from met m
  union all
  select m.went_on as went_on, m.channel_key as channel_key, m.store_key as store_key, 'store' as field, m.store as value from met m
  union all
  select m.went_on as went_on, m.channel_key as channel_key, m.store_key as store_key, 'campaign' as field, m.campaign as value from met m
  union all
  select m.went_on as went_on, m.channel_key as channel_key, m.store_key as store_key, 'inviter' as field, m.inviter as value from met m
  union all
  select m.went_on as went_on, m.channel_key as channel_key, m.store_key as store_key, 'type' as field, m.type as value from met m
  union all
  select m.went_on as went_on, m.channel_key as channel_key, m.store_key as store_key, 'item' as field, m.item as value from met m
  union all
  select m.went_on as went_on, m.channel_key as channel_key, m.store_key as store_key, 'staff' as field, m.staff as value from met m
  union all
  select n.went_on as went_on, n.channel_key as channel_key, n.store_key as store_key, n.field as field, attribute(n.object, n.field) as value
  from named n
  join event_fields f on f.field = n.field and not f.is_personal
  where n.said_before is null or attribute(n.said_before, n.field) is null
),
with_value as (
  select
    s.field as field,
    s.value as value,
    case when s.field = 'channel' then '' else s.channel_key end as channel_key,
    case when s.field = 'store' then '' else s.store_key end as store_key,
    sum(s.went_on)::double as a,
    count(*)::double as n1
  from said s
  where s.value is not null
  group by 1, 2, 3, 4
),
strata as (
  select 'each' as kind, m.channel_key as channel_key, m.store_key as store_key, sum(m.went_on)::double as went, count(*)::double as n
  from met m
  group by m.channel_key, m.store_key
  union all
  select 'channel' as kind, '' as channel_key, m.store_key as store_key, sum(m.went_on)::double as went, count(*)::double as n
  from met m
  group by m.store_key
  union all
  select 'store' as kind, m.channel_key as channel_key, '' as store_key, sum(m.went_on)::double as went, count(*)::double as n
  from met m
  group by m.channel_key
),
cells as (
  select
    v.field as field,
    v.value as value,
    v.a as a,
    v.n1 as n1,
    v.n1 - v.a as b,
    t.went - v.a as c,
    (t.n - v.n1) - (t.went - v.a) as d,
    t.n as n
  from with_value v
  join strata t on t.channel_key = v.channel_key and t.store_key = v.store_key
    and t.kind = case when v.field in ('channel', 'store') then v.field else 'each' end
),
whole as (
  select sum(m.went_on)::double as went, count(*)::double as n
  from met m
),
summed as (
  select
    c.field as field,
    c.value as value,
    sum(c.a) as a,
    sum(c.n1) as n1,
    steady_sum(c.a * c.d / c.n) as r,
    steady_sum(c.b * c.c / c.n) as s,
    steady_sum((c.a + c.d) * c.a * c.d / (c.n * c.n)) as pr,
    steady_sum(((c.a + c.d) * c.b * c.c + (c.b + c.c) * c.a * c.d) / (c.n * c.n)) as ps_qr,
    steady_sum((c.b + c.c) * c.b * c.c / (c.n * c.n)) as qs
  from cells c
  group by c.field, c.value
),
ratios as (
  select
    s.field as field,
    s.value as value,
    s.a as a,
    s.n1 as n1,
    w.went - s.a as c,
    w.n - s.n1 as n0,
    ln((s.a + 0.5e0) * (w.n - s.n1 - w.went + s.a + 0.5e0) / ((s.n1 - s.a + 0.5e0) * (w.went - s.a + 0.5e0))) as log_odds,
    sqrt(1e0 / (s.a + 0.5e0) + 1e0 / (s.n1 - s.a + 0.5e0) + 1e0 / (w.went - s.a + 0.5e0) + 1e0 / (w.n - s.n1 - w.went + s.a + 0.5e0)) as error,
    case when s.r > 0 and s.s > 0 then ln(s.r / s.s) end as log_adjusted,
    case when s.r > 0 and s.s > 0
      then sqrt(s.pr / (2e0 * s.r * s.r) + s.ps_qr / (2e0 * s.r * s.s) + s.qs / (2e0 * s.s * s.s))
    end as adjusted_error
  from summed s
  cross join whole w
)
select
  r.field::varchar as field,
  r.value::varchar as value,
  r.a::bigint as hits,
  r.n1::bigint as base,
  r.c::bigint as rest_hits,
  r.n0::bigint as rest_base,
  exp(r.log_odds)::double as odds_ratio,
  exp(r.log_odds - 1.959963984540054e0 * r.error)::double as odds_low,
  exp(r.log_odds + 1.959963984540054e0 * r.error)::double as odds_high,
  exp(r.log_adjusted)::double as adjusted_odds,
  exp(r.log_adjusted - 1.959963984540054e0 * r.adjusted_error)::double as adjusted_low,
  exp(r.log_adjusted + 1.959963984540054e0 * r.adjusted_error)::double as adjusted_high,
  coalesce(abs(r.log_adjusted) < 1.959963984540054e0 * r.adjusted_error, true)::boolean as stands_in,
  (r.log_odds / r.error)::double as z,
  null::double as p,
  case when r.n1 < $least::bigint or r.n0 < $least::bigint then 'too_few' else 'within_noise' end::varchar as verdict
from ratios r
order by case when r.n1 < $least::bigint or r.n0 < $least::bigint then 1 else 0 end, abs(r.log_odds / r.error) desc, r.field, r.value
