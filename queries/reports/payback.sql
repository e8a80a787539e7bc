-- By channel, after how many months a new client has brought back what was spent to win them, or that it is not so yet.
-- New clients are those whose first order lies between from and to; the channel is that of their first journey. Against what
-- was spent on it in these days, per new client, stands what a client has left over by age, cumulative: for each month of their own
-- time the mean over those who have lived through it, added up (the mean cumulative function, Nelson 1988, Journal of Quality
-- Technology 20:24), so that young clients count as far as they are known. It is margin, or revenue where basis says so. Spend is of
-- campaigns only; wages and rent are not in it, and nothing says that the campaign moved the client.
-- grain: channel, age
-- audience: owner
-- uses: client_gains, channel_spend
-- param months bigint (0 .. 120) default 24: up to which age
-- param margin_rate double optional: share of revenue that is margin, 0 to 1, for orders and upsells without costs
-- param from date default first_day: first business day of first orders and of spend
-- param to date default as_of: last business day of these
-- param as_of date default as_of: nothing later than this day is counted
-- formula cost_per_client: spend / new_clients
-- column channel varchar: channel of the first journey; null where missing
-- column age bigint not null: whole months since the own first order
-- column new_clients bigint not null: clients whose first order lies in these days
-- column spend decimal(18,2): spent on the channel in these days; null where no cost is known
-- column cost_per_client double: spend / new_clients; null without one of them
-- column lived bigint not null: of the new clients, those who have lived through this age
-- column basis varchar not null: cost, margin_rate or revenue
-- column gain_per_client decimal(18,2): left over per client by this age; null while nobody has lived through it
-- column paid_back boolean: whether that reaches the cost per client; null where either is missing
-- column paid_back_age bigint: of the channel, the first age at which it does
-- column known_age bigint: of the channel, the last age that is known
-- column standing varchar not null: of the channel: paid_back, not_yet, no_spend (no cost is known), no_clients or too_young
with gains as materialized (
  select g.* from client_gains g
),
firsts as (
  select g.client_no as client_no, min(g.happened_on) as first_on
  from gains g
  where g.kind = 'order'
  group by g.client_no
),
members as materialized (
  select
    f.client_no as client_no,
    f.first_on as first_on,
    j.channel as channel,
    months_between(f.first_on, add_days($as_of::date, 1)) - 1 as last_age
  from firsts f
  join clients c on c.client_no = f.client_no
  left join begun_journeys j on j.journey_id = c.first_journey_id
  where f.first_on between $from::date and least($to::date, $as_of::date) and substring(c.client_id, 1, 2) <> 'O:'
),
aged as (
  select
    m.channel as channel,
    m.last_age as last_age,
    greatest(months_between(m.first_on, g.happened_on), 0) as age,
    g.gain as gain
  from gains g
  join members m on m.client_no = g.client_no
),
brought as (
  select a.channel as channel, a.age as age, sum(a.gain)::decimal(18,2) as gain
  from aged a
  where a.age <= a.last_age
  group by a.channel, a.age
),
won as (
  select m.channel as channel, count(*)::bigint as clients from members m group by m.channel
),
spent as (
  select s.channel as channel, s.spend as spend from channel_spend s
),
channels as materialized (
  select z.channel as channel, sum(z.clients)::bigint as clients, max(z.spend) as spend
  from (
    select w.channel as channel, w.clients as clients, null::decimal(18,2) as spend from won w
    union all
    select s.channel as channel, 0::bigint as clients, maybe(s.spend) as spend from spent s
  ) z
  group by z.channel
),
leaving as (
  select m.channel as channel, m.last_age as last_age, count(*)::bigint as clients from members m group by m.channel, m.last_age
),
ages as (
  select g.generate_series::bigint as age
  from generate_series(0, 120) g
  where g.generate_series <= $months::bigint
),
axis as (
  select
    c.channel as channel,
    c.clients as clients,
    c.spend as spend,
    a.age as age,
    sum(case when l.last_age >= a.age then l.clients else 0 end)::bigint as lived
  from channels c
  cross join ages a
  left join leaving l on l.channel is not distinct from c.channel
  group by c.channel, c.clients, c.spend, a.age
),
summed as (
  select
    x.channel as channel,
    x.clients as clients,
    x.spend as spend,
    x.age as age,
    x.lived as lived,
    safe_ratio(x.spend, x.clients) as cost_per_client,
    sum(coalesce(safe_ratio(b.gain, x.lived), 0e0)) over (partition by x.channel order by x.age rows between unbounded preceding and current row) as gain
  from axis x
  left join brought b on b.channel is not distinct from x.channel and b.age = x.age
),
reckoned as (
  select
    s.*,
    case when s.lived > 0 then money(s.gain) end as gain_per_client,
    case when s.lived > 0 and s.cost_per_client is not null then money(s.gain) >= money(s.cost_per_client) end as is_paid_back
  from summed s
),
judged as (
  select
    r.*,
    min(case when r.is_paid_back then maybe(r.age) end) over (partition by r.channel) as paid_back_age,
    max(case when r.lived > 0 then maybe(r.age) end) over (partition by r.channel) as known_age
  from reckoned r
),
based as (
  select coalesce(max(g.basis), 'cost') as basis from gains g
)
select
  j.channel::varchar as channel,
  j.age::bigint as age,
  j.clients::bigint as new_clients,
  j.spend::decimal(18,2) as spend,
  j.cost_per_client::double as cost_per_client,
  j.lived::bigint as lived,
  b.basis::varchar as basis,
  j.gain_per_client::decimal(18,2) as gain_per_client,
  j.is_paid_back::boolean as paid_back,
  j.paid_back_age::bigint as paid_back_age,
  j.known_age::bigint as known_age,
  (case
    when j.clients = 0 then 'no_clients'
    when j.spend is null then 'no_spend'
    when j.known_age is null then 'too_young'
    when j.paid_back_age is not null then 'paid_back'
    else 'not_yet'
  end)::varchar as standing
from judged j
cross join based b
where j.age = 0 or j.lived > 0
order by j.channel nulls last, j.age
