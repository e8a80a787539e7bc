-- Whom to call: those who came to a step in the period and went no further in it.
-- For instance who visited and did not sign (step 3, not_reached 4). They need not be the ones that a rate of the period is
-- short of: its numerator counts those of earlier weeks too. Of all of them, some have gone on since, some were given up
-- (lost_at), and whoever is left is open.
-- grain: segment
-- audience: owner, manager stores, marketer, staff own
-- uses: asked_journeys, periods = revenue_periods, left_out_stores, reached_journeys
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: whose arithmetic
-- param step bigint (2 .. 5) default 3: step that they have reached
-- param not_reached bigint (3 .. 6) default 4: later step that they had not reached by the end of the period
-- param compare_from date optional: first business day of what the period is compared with: stores that lack lists on either side are left out
-- param compare_to date optional: last business day of what it is compared with
-- param compare_periods bigint (1 .. 52) default 1: how many periods before are averaged
-- param by varchar optional segment: field whose values split the rows
-- param where varchar[] filters: entries field=value
-- rows stopped: journey_rows everywhere='true'
-- rows open_people: journey_rows everywhere='true' standing='open'
-- rows went_on: journey_rows everywhere='true' standing='went_on'
-- rows lost: journey_rows everywhere='true' standing='lost'
-- formula open_people: stopped - went_on - lost
-- work stopped, open_people, went_on, lost when $not_reached = 3: customer_name, phone, store, inviter_name, began_on, standing
-- work stopped, open_people, went_on, lost: customer_name, phone, store, seller_name, reason, visited_on, standing
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column not_reached bigint not null: the later step, as asked
-- column stopped bigint not null: journeys that had come so far and no further by the end of the period
-- column went_on bigint not null: of those, went on after it
-- column lost bigint not null: of those, given up by as_of
-- column open_people bigint not null: the others: they can still be called
-- column earlier bigint not null: not among them: came to the step before the period and to the later one in it; 0 in the cohort view
with left_out as (
  select g.store_key as store_key
  from left_out_stores g
  where $compare_from::date is not null and g.scope = 'any'
),
dated as (
  select
    j.segment as segment,
    case $step::bigint when 2 then j.began_on when 3 then j.active_on when 4 then j.bought_on else j.bought_again_on end as reached_on,
    case $not_reached::bigint when 3 then j.active_on when 4 then j.bought_on when 5 then j.bought_again_on else j.brought_friend_on end as went_on_on
  from asked_journeys j
  anti join left_out g on g.store_key = coalesce(j.store, '')
  where $view::varchar = 'period'
),
earlier as (
  select d.segment as segment, count(*)::bigint as people
  from dated d
  where d.reached_on < $from::date and d.went_on_on between $from::date and least($to::date, $as_of::date)
  group by d.segment
)
select
  r.segment::varchar as segment,
  $not_reached::bigint as not_reached,
  count(*)::bigint as stopped,
  count(case when r.standing not in ('open', 'lost') then 1 end)::bigint as went_on,
  count(case when r.standing = 'lost' then 1 end)::bigint as lost,
  count(case when r.standing = 'open' then 1 end)::bigint as open_people,
  coalesce(max(e.people), 0)::bigint as earlier
from reached_journeys r
left join earlier e on e.segment is not distinct from r.segment
group by r.segment
order by count(case when r.standing = 'open' then 1 end) desc, r.segment nulls last
