-- The journeys behind a number of the funnel, one by one, earliest first.
-- Exactly those that funnel counts as people at a step: the same period, view, filters and stores with a source. `beside`
-- leaves those that count in a rate: journeys of stores that also have that step; beside 1 (the rate from aware to
-- attracted) leads of campaigns with daily figures in the period. With not_reached only
-- those that went no further in the period: whoever had not reached that later step by its end (cohort view: by as_of), whoever
-- is still open first; standing says what has become of them since.
-- With compare_from and compare_to, stores that lack rows of a list on either side are left out, as in revenue_change. Names
-- and telephone numbers of customers are masked, except for the inviter and the seller, who ask for their own.
-- grain: row_no
-- audience: owner, manager stores, staff own
-- uses: asked_journeys, asked_campaign_days, periods = revenue_periods, left_out_stores, reached_journeys
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: whose arithmetic
-- param step bigint (2 .. 6) default 2: step that the journeys have reached
-- param within bigint (0 .. 100000) optional: only journeys that reached the step within so many days of their beginning
-- param beside bigint (1 .. 6) optional: other step of a rate, which their stores must have too
-- param only varchar (all | skipped | cancelled) default all: without an own record of the step, or order cancelled by as_of
-- param not_reached bigint (3 .. 6) optional: later step that the journeys had not reached by the end of the period
-- param standing varchar (all | open | went_on | lost) default all: with not_reached, only those who are still open, went on after all or were given up
-- param everywhere boolean default false: also journeys of stores that do not record the step
-- param compare_from date optional: first business day of what the period is compared with
-- param compare_to date optional: last business day of what it is compared with
-- param compare_periods bigint (1 .. 52) default 1: how many periods before are averaged
-- param by varchar optional segment: field of which segment is a value
-- param segment varchar optional: with by, only journeys of this value; without a value those where it is missing
-- param where varchar[] filters: entries field=value
-- param limit bigint (1 .. 100000) default 50: most rows
-- param offset bigint (0 .. 1000000000) default 0: rows to pass over
-- column row_no bigint not null: place among all rows, from 1
-- column all_rows bigint not null: rows there are, on all pages
-- column reached_on date not null: business day on which the step counts
-- column journey_id varchar not null: L:lead_id, C:customer_id, V:visit_id or O:order_id
-- column kind varchar not null: lead or unannounced
-- column customer_name varchar: of the lead, else of the customer; masked except for whoever is in charge
-- column phone varchar contact: of the lead, else of the customer; masked except for whoever is in charge
-- column store varchar: store of the journey
-- column channel varchar: channel of the journey
-- column campaign varchar: campaign_id of the lead
-- column inviter varchar staff: staff_id of the lead
-- column inviter_name varchar staff: name of that person in the list of staff
-- column seller varchar staff: first staff_id of a visit or order
-- column seller_name varchar staff: name of that person in the list of staff
-- column began_on date not null: business day of the lead, else of the first visit or order
-- column visited_on date: business day of the first consultation visit
-- column reason varchar: reason of no sale of a visit
-- column bought_on date: business day of the first order
-- column order_id varchar: the first order
-- column cancelled_on date: business day the first order was cancelled as a whole
-- column lost_on date: business day the lead was given up
-- column customer_id varchar: customer of the journey
-- column standing varchar: with not_reached, how it stands at as_of: open, visited, signed, bought_again, brought_friend or lost
with counted as (
  select r.*
  from reached_journeys r
  where
    ($by::varchar is null or r.segment is not distinct from $segment::varchar)
    and ($within::bigint is null or days_between(r.began_on, r.reached_on) <= $within::bigint)
    and case $only::varchar
      when 'skipped' then
        ($step::bigint = 2 and r.kind = 'unannounced') or ($step::bigint = 3 and coalesce(r.visited_on > $as_of::date, true))
      when 'cancelled' then r.cancelled_on <= $as_of::date
      else true
    end
    and case $standing::varchar
      when 'open' then r.standing = 'open'
      when 'lost' then r.standing = 'lost'
      when 'went_on' then r.standing not in ('open', 'lost')
      else true
    end
),
sources as (
  select distinct coalesce(d.store, '') as store_key, d.step_no as step_no
  from source_days d
  where
    d.day between
      case when $view::varchar = 'cohort' then add_days($from::date, -182) else add_days(least($to::date, $as_of::date), -181) end
      and case when $view::varchar = 'cohort' then $as_of::date else least($to::date, $as_of::date) end
),
campaigns_in_period as (
  select distinct a.campaign as campaign
  from asked_campaign_days a
  where a.day between $from::date and least($to::date, $as_of::date)
),
of_campaigns as (
  select c.*
  from counted c
  semi join campaigns_in_period p on p.campaign = c.campaign
  where c.kind = 'lead' and $beside::bigint = 1
),
of_stores as (
  select c.*
  from counted c
  left join (select s.store_key as store_key from sources s where s.step_no = $step::bigint) a on a.store_key = c.store_key
  left join (select s.store_key as store_key from sources s where s.step_no = coalesce($beside::bigint, $step::bigint)) b on b.store_key = c.store_key
  where coalesce($beside::bigint, 2) <> 1 and ($everywhere::boolean or (a.store_key is not null and b.store_key is not null))
),
chosen as (
  select * from of_campaigns
  union all
  select * from of_stores
),
numbered as (
  select
    c.*,
    row_number() over (order by case when c.standing <> 'open' then 1 else 0 end, c.reached_on, c.journey_id)::bigint as row_no,
    count(*) over ()::bigint as all_rows
  from chosen c
),
shown as (
  select n.*
  from numbered n
  where n.row_no > $offset::bigint and n.row_no <= $offset::bigint + $limit::bigint
),
named as (
  select
    s.journey_id as journey_id,
    j.customer_id as customer_id,
    j.seller as seller,
    j.inviter as inviter,
    j.reason as reason,
    j.bought_on as bought_on,
    j.order_id as order_id,
    j.lost_on as lost_on,
    coalesce(l.customer_name, c.name) as customer_name,
    coalesce(l.phone, c.phone) as phone
  from shown s
  join journeys j on j.journey_id = s.journey_id
  left join exports.leads l on 'L:' || l.lead_id = s.journey_id
  left join exports.customers c on c.customer_id = j.customer_id
)
select
  s.row_no::bigint as row_no,
  s.all_rows::bigint as all_rows,
  s.reached_on::date as reached_on,
  s.journey_id::varchar as journey_id,
  s.kind::varchar as kind,
  (case when $viewer_staff::varchar is null then masked_name(n.customer_name) else n.customer_name end)::varchar as customer_name,
  (case when $viewer_staff::varchar is null then masked_phone(n.phone) else n.phone end)::varchar as phone,
  s.store::varchar as store,
  s.channel::varchar as channel,
  s.campaign::varchar as campaign,
  n.inviter::varchar as inviter,
  i.name::varchar as inviter_name,
  n.seller::varchar as seller,
  p.name::varchar as seller_name,
  s.began_on::date as began_on,
  s.visited_on::date as visited_on,
  n.reason::varchar as reason,
  n.bought_on::date as bought_on,
  n.order_id::varchar as order_id,
  s.cancelled_on::date as cancelled_on,
  n.lost_on::date as lost_on,
  n.customer_id::varchar as customer_id,
  s.standing::varchar as standing
from shown s
join named n on n.journey_id = s.journey_id
left join exports.staff i on i.staff_id = n.inviter
left join exports.staff p on p.staff_id = n.seller
order by s.row_no
