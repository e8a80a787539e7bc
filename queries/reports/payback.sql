-- By channel, after how many months a new client has brought back what was spent to win them, or that it is not so yet.
-- New clients are those whose first order lies between from and to; the channel is that of their first journey. Against what
-- was spent on it in these days, per new client, stands what a client has left over by age, cumulative: for each month of their own
-- time the mean over those who have lived through it, added up (the mean cumulative function, Nelson 1988, Journal of Quality
-- Technology 20:24), so that young clients count as far as they are known. It is margin, or revenue where basis says so. Spend is of
-- campaigns only; wages and rent are not in it, and nothing says that the campaign moved the client. The interval of what is left
-- over takes clients, not months, as independent (Lawless & Nadeau 1995, Technometrics 37:158).
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
-- column gain_low decimal(18,2): lower end of its 95 % interval; null where fewer than 10 clients have lived through it
-- column gain_high decimal(18,2): upper end of it
-- column paid_back boolean: whether that reaches the cost per client; null where either is missing
-- column paid_back_age bigint: of the channel, the first age at which it does
-- column soonest_age bigint: of the channel, the first age at which the upper end does; null where none does
-- column latest_age bigint: of the channel, the first age at which the lower end does; null where none does
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
aged as materialized (
  select
    m.channel as channel,
    m.client_no as client_no,
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
means as (
  select
    x.channel as channel,
    x.age as age,
    sum(coalesce(safe_ratio(b.gain::double, x.lived::double * x.lived), 0e0)) over (partition by x.channel order by x.age rows between unbounded preceding and current row) as weight
  from axis x
  left join brought b on b.channel is not distinct from x.channel and b.age = x.age
),
shares as (
  select
    a.channel as channel,
    a.client_no as client_no,
    a.last_age as last_age,
    a.age as age,
    safe_ratio(sum(a.gain)::double, x.lived) as gain
  from aged a
  join axis x on x.channel is not distinct from a.channel and x.age = a.age
  where a.age <= a.last_age
  group by a.channel, a.client_no, a.last_age, a.age, x.lived
),
grown as (
  select
    s.channel as channel,
    s.last_age as last_age,
    s.age as age,
    s.gain as gain,
    sum(s.gain) over (partition by s.client_no order by s.age rows between unbounded preceding and current row) as so_far
  from shares s
),
steps as (
  select
    g.channel as channel,
    g.last_age as last_age,
    g.age as age,
    sum(g.gain) as gain,
    sum(g.so_far * g.so_far - (g.so_far - g.gain) * (g.so_far - g.gain)) as square
  from grown g
  group by g.channel, g.last_age, g.age
),
kept as (
  select
    l.channel as channel,
    l.last_age as last_age,
    l.clients as clients,
    a.age as age,
    sum(coalesce(s.gain, 0e0)) over (partition by l.channel, l.last_age order by a.age rows between unbounded preceding and current row) as gain,
    sum(coalesce(s.square, 0e0)) over (partition by l.channel, l.last_age order by a.age rows between unbounded preceding and current row) as square
  from leaving l
  cross join ages a
  left join steps s on s.channel is not distinct from l.channel and s.last_age = l.last_age and s.age = a.age
),
spread as (
  select
    k.channel as channel,
    k.age as age,
    sqrt(greatest(sum(k.square - 2e0 * k.gain * coalesce(m.weight, 0e0) + k.clients * coalesce(m.weight, 0e0) * coalesce(m.weight, 0e0)), 0e0)) as error
  from kept k
  left join means m on m.channel is not distinct from k.channel and m.age = least(k.age, k.last_age)
  group by k.channel, k.age
),
reckoned as (
  select
    s.*,
    case when s.lived >= 10 then money(s.gain - 1.959963984540054e0 * e.error) end as gain_low,
    case when s.lived >= 10 then money(s.gain + 1.959963984540054e0 * e.error) end as gain_high,
    case when s.lived > 0 then money(s.gain) end as gain_per_client,
    case when s.lived > 0 and s.cost_per_client is not null then money(s.gain) >= money(s.cost_per_client) end as is_paid_back
  from summed s
  left join spread e on e.channel is not distinct from s.channel and e.age = s.age
),
judged as (
  select
    r.*,
    min(case when r.is_paid_back then maybe(r.age) end) over (partition by r.channel) as paid_back_age,
    min(case when r.gain_high >= money(r.cost_per_client) then maybe(r.age) end) over (partition by r.channel) as soonest_age,
    min(case when r.gain_low >= money(r.cost_per_client) then maybe(r.age) end) over (partition by r.channel) as latest_age,
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
  j.gain_low::decimal(18,2) as gain_low,
  j.gain_high::decimal(18,2) as gain_high,
  j.is_paid_back::boolean as paid_back,
  j.paid_back_age::bigint as paid_back_age,
  j.soonest_age::bigint as soonest_age,
  j.latest_age::bigint as latest_age,
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
