-- The daily campaign figures behind a number of Q0 or Q1, one by one, earliest first.
-- Exactly those that funnel sums: the days of the period up to as_of that the filters leave.
-- grain: row_no
-- audience: owner, manager stores, marketer
-- uses: asked_campaign_days
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field of which segment is a value
-- param segment varchar optional: with by, only campaigns of this value; without a value those where it is missing
-- param where varchar[] filters: entries field=value
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column day date not null: business day of the figures
-- column campaign varchar not null: campaign_id
-- column name varchar: name of the campaign
-- column channel varchar: channel of the campaign
-- column audience bigint: people it was aimed at that day
-- column aware bigint: people it reached that day
-- column hits bigint: clicks that day
-- column cost decimal(18,2): spent that day
with chosen as (
  select a.campaign as campaign, a.day as day, a.audience as audience, a.aware as aware
  from asked_campaign_days a
  where
    a.day between $from::date and least($to::date, $as_of::date)
    and ($by::varchar is null or a.segment is not distinct from $segment::varchar)
),
numbered as (
  select
    c.*,
    row_number() over (order by c.day, c.campaign)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from chosen c
)
select
  n.row_no::bigint as row_no,
  n.all_rows::bigint as all_rows,
  n.day::date as day,
  n.campaign::varchar as campaign,
  c.name::varchar as name,
  c.channel::varchar as channel,
  n.audience::bigint as audience,
  n.aware::bigint as aware,
  d.hits::bigint as hits,
  d.cost::decimal(18,2) as cost
from numbered n
join exports.campaign_days d on d.campaign_id = n.campaign and d.date = n.day
left join exports.campaigns c on c.campaign_id = n.campaign
where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
order by n.row_no
