-- How clients move through the life cycle: from the stage at the end of one period to that at the end of the next.
-- Stages are those of client_stages: A no order yet, B growth, C maturity, D decline, E lost. All clients who stood somewhere at the
-- end of a period are told again in the next one, in the stage they stay in or in another: what flows into a stage is what
-- stands in it at the end. From E to B or C they are won back. Whoever moves there and back within a period stays.
-- grain: segment, starts_on, came_from, stage
-- audience: owner, manager stores
-- uses: asked_journeys
-- param period varchar (month | quarter | year) default month: length of a period
-- param from date default first_day: a day of the first period
-- param to date default as_of: a day of the last one
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field of the first journey whose values split the rows
-- param where varchar[] filters: entries field=value
-- column segment varchar: value of the segment, all without one, null where missing
-- column starts_on date not null: first day of the period
-- column ends_on date not null: last day, or as_of
-- column came_from varchar: stage at the end of the period before; null for clients who began in this one
-- column stage varchar not null: stage at the end of the period
-- column people bigint not null: clients
-- column leaving bigint not null: clients of all rows that leave the stage before for another, or begin
-- column arriving bigint not null: clients of all rows that come into the stage from another, or begin in it
-- column moving bigint not null: clients of all rows of the period that moved or began
-- column won_back boolean not null: from lost to ordering again
-- column unfinished boolean not null: the period goes on after as_of
with homes as (
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
turns as (
  select
    any_value(h.segment) as segment,
    calendar_no($period::varchar, 'monday', s.from_on) as period_at,
    argMin(coalesce(s.came_from, ''), s.from_on) as came_from,
    argMax(s.stage, s.from_on) as stage
  from client_stages s
  join homes h on h.client_no = s.client_no
  where s.from_on <= $as_of::date
  group by s.client_no, calendar_no($period::varchar, 'monday', s.from_on)
),
moves as materialized (
  select t.segment as segment, t.period_at as period_at, t.came_from as came_from, t.stage as stage, count(*)::bigint as people
  from turns t
  where t.came_from <> t.stage
  group by t.segment, t.period_at, t.came_from, t.stage
),
changes as (
  select m.segment as segment, m.period_at as period_at, m.stage as stage, m.people as people from moves m
  union all
  select m.segment as segment, m.period_at as period_at, m.came_from as stage, -m.people as people from moves m where m.came_from <> ''
),
days as (
  select
    g.day as day,
    calendar_no($period::varchar, 'monday', g.day) as period_at
  from (select add_days($from::date, n.generate_series - 366) as day from generate_series(0, 40000) n) g
  where g.day <= $as_of::date
),
periods as (
  select d.period_at as period_at, min(d.day) as starts_on, max(d.day) as ends_on
  from days d
  group by d.period_at
  having d.period_at between calendar_no($period::varchar, 'monday', $from::date) and calendar_no($period::varchar, 'monday', least($to::date, $as_of::date))
),
stood as (
  select c.segment as segment, p.period_at as period_at, c.stage as stage, sum(c.people)::bigint as people
  from periods p
  cross join changes c
  where c.period_at < p.period_at
  group by c.segment, p.period_at, c.stage
),
left_stages as (
  select m.segment as segment, m.period_at as period_at, m.came_from as stage, sum(m.people)::bigint as people
  from moves m
  where m.came_from <> ''
  group by m.segment, m.period_at, m.came_from
),
told as (
  select m.segment as segment, m.period_at as period_at, nullif(m.came_from, '') as came_from, m.stage as stage, m.people as people
  from moves m
  union all
  select s.segment as segment, s.period_at as period_at, s.stage as came_from, s.stage as stage, s.people - coalesce(l.people, 0) as people
  from stood s
  left join left_stages l on l.segment is not distinct from s.segment and l.period_at = s.period_at and l.stage = s.stage
)
select
  t.segment::varchar as segment,
  p.starts_on::date as starts_on,
  p.ends_on::date as ends_on,
  t.came_from::varchar as came_from,
  t.stage::varchar as stage,
  t.people::bigint as people,
  (sum(case when t.came_from is distinct from t.stage then t.people else 0 end) over (partition by t.segment, t.period_at, t.came_from))::bigint as leaving,
  (sum(case when t.came_from is distinct from t.stage then t.people else 0 end) over (partition by t.segment, t.period_at, t.stage))::bigint as arriving,
  (sum(case when t.came_from is distinct from t.stage then t.people else 0 end) over (partition by t.segment, t.period_at))::bigint as moving,
  (coalesce(t.came_from, '') = 'E' and t.stage in ('B', 'C'))::boolean as won_back,
  (p.ends_on = $as_of::date and calendar_no($period::varchar, 'monday', add_days(p.ends_on, 1)) = p.period_at)::boolean as unfinished
from told t
join periods p on p.period_at = t.period_at
where t.people > 0
order by t.segment nulls last, p.starts_on, t.came_from nulls first, t.stage
