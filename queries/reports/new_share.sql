-- Whether the base of clients grows: how many new ones a year brings for those there were, and how many it loses.
-- A client is active while they have ordered within the life span. Each row is twelve months, the last of them up to as_of. The new are
-- those whose first order falls in them, told against the clients active when they began (new and old clients are different
-- people: no binomial interval). Lost are those active then and no more at their end; won back are others who ordered before, had lapsed and
-- ordered again. The base shrinks when more are lost than new. Where the data begin later than a life span before the twelve
-- months, older clients are unknown: the base looks smaller, and those who come back look new (whole_history is false).
-- grain: segment, starts_on
-- audience: owner, manager stores
-- uses: asked_journeys
-- param as_of date default as_of: last day of the last twelve months
-- param years bigint (1 .. 20) default 3: how many times twelve months are told
-- param life_span_months bigint (1 .. 600) optional: how long a client is active after an order; the playbook's life span without it
-- param rule double default 0.2: least share of new clients in a year
-- param by varchar optional segment: field of the first journey whose values split the rows
-- param where varchar[] filters: entries field=value
-- formula new_share: new_people / active
-- formula lost_share: lost / active
-- column segment varchar: value of the segment, all without one, null where missing
-- column starts_on date not null: first day of the twelve months
-- column ends_on date not null: last day
-- column active bigint not null: clients who were active the day before they began
-- column new_people bigint not null: clients whose first order falls in them
-- column new_share double: new_people / active; null when that is 0
-- column lost bigint not null: of the active, who are active no more at the end
-- column lost_share double: lost / active; null when that is 0
-- column lost_low double: Wilson's 95 % interval, lower end
-- column lost_high double: upper end
-- column won_back bigint not null: neither new nor active before, and ordered in them
-- column active_end bigint not null: clients who are active on the last day
-- column below_rule boolean: new_share is less than the rule
-- column shrinks boolean not null: more are lost than new
-- column life_span_months bigint not null: how long a client is active after an order
-- column whole_history boolean not null: the data begin a life span before the twelve months
with spanning as (
  select coalesce($life_span_months::bigint, l.life_span_months) as months
  from life_span l
),
years as (
  select
    add_days(add_months($as_of::date, -12 * (g.generate_series + 1)), 1) as starts_on,
    add_months($as_of::date, -12 * g.generate_series) as ends_on
  from generate_series(0, 19) g
  where g.generate_series < $years::bigint
),
spans as (
  select
    y.starts_on as starts_on,
    y.ends_on as ends_on,
    add_days(y.starts_on, -1) as before_on,
    add_months(add_days(y.starts_on, -1), -l.months) as active_after,
    add_months(y.ends_on, -l.months) as active_end_after,
    l.months as life_span_months
  from years y
  cross join spanning l
),
orders as (
  select a.client_no as client_no, a.happened_on as happened_on
  from client_acts a
  where a.kind = 'order' and a.happened_on <= $as_of::date
),
homes as (
  select
    c.client_no as client_no,
    case
      when $by::varchar is null then 'all'
      -- with by
      else j.segment
      -- end
    end as segment
  from clients c
  -- with by or where
  left join asked_journeys j on j.journey_id = c.first_journey_id
  where length($where::varchar[]) = 0 or j.journey_id is not null
  -- end
),
known as (
  select min(o.happened_on) as first_on from orders o
),
stood as (
  select
    o.client_no as client_no,
    s.starts_on as starts_on,
    min(o.happened_on) as first_on,
    max(case when o.happened_on <= s.before_on then o.happened_on end) as before_on,
    max(o.happened_on) as last_on,
    any_value(s.active_after) as active_after,
    any_value(s.active_end_after) as active_end_after
  from orders o
  cross join spans s
  where o.happened_on <= s.ends_on
  group by o.client_no, s.starts_on
),
told as (
  select
    h.segment as segment,
    t.starts_on as starts_on,
    sum((t.before_on is not null and t.before_on > t.active_after)::int)::bigint as active,
    sum((t.first_on >= t.starts_on)::int)::bigint as new_people,
    sum((t.before_on is not null and t.before_on > t.active_after and t.last_on <= t.active_end_after)::int)::bigint as lost,
    sum((t.first_on < t.starts_on and t.before_on <= t.active_after and t.last_on >= t.starts_on)::int)::bigint as won_back,
    sum((t.last_on > t.active_end_after)::int)::bigint as active_end
  from stood t
  join homes h on h.client_no = t.client_no
  group by h.segment, t.starts_on
)
select
  t.segment::varchar as segment,
  t.starts_on::date as starts_on,
  s.ends_on::date as ends_on,
  t.active::bigint as active,
  t.new_people::bigint as new_people,
  safe_ratio(t.new_people, t.active)::double as new_share,
  t.lost::bigint as lost,
  safe_ratio(t.lost, t.active)::double as lost_share,
  wilson_low(t.lost, t.active)::double as lost_low,
  wilson_high(t.lost, t.active)::double as lost_high,
  t.won_back::bigint as won_back,
  t.active_end::bigint as active_end,
  (case when t.active > 0 then t.new_people < t.active * $rule::double end)::boolean as below_rule,
  (t.lost > t.new_people)::boolean as shrinks,
  s.life_span_months::bigint as life_span_months,
  (k.first_on <= s.active_after)::boolean as whole_history
from told t
join spans s on s.starts_on = t.starts_on
cross join known k
order by t.segment nulls last, t.starts_on desc
