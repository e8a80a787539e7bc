-- How many of each segment of each compared cohort came to the first step (entered) and to the second one (reached) within the age
-- that both cohorts have, and the money of the first orders that came with it.
-- Stores that lack rows of a list on either side are left out, and those that do not record both steps.
-- grain: period_no, segment
-- uses: $figure, $from_step, $step, periods, asked_journey_days, asked_entries, left_out_stores, store_periods
with sources as (
  select s.store_key as store_key, s.period_no as period_no
  from store_periods s
  anti join (select g.store_key as store_key from left_out_stores g where g.scope = 'any') g on g.store_key = s.store_key
  where
    case $from_step::bigint when 2 then s.has_2 when 3 then s.has_3 else s.has_4 end
    and case when $figure::varchar = 'money' then s.has_4 when $step::bigint = 3 then s.has_3 when $step::bigint = 4 then s.has_4 when $step::bigint = 5 then s.has_5 else s.has_6 end
),
journeys_in as (
  select
    p.period_no as period_no,
    j.segment as segment,
    j.people as people,
    days_between(j.began_on, case $from_step::bigint when 2 then j.began_on when 3 then j.active_on else j.bought_on end) <= p.age_days as has_entered,
    days_between(j.began_on, case
      when $figure::varchar = 'money' or $step::bigint = 4 then j.bought_on
      when $step::bigint = 3 then j.active_on
      when $step::bigint = 5 then j.bought_again_on
      else j.brought_friend_on
    end) <= p.age_days as has_reached
  from asked_journey_days j
  join periods p on j.began_on between p.starts_on and p.ends_on
  join sources s on s.store_key = j.store_key and s.period_no = p.period_no
),
counted as (
  select
    j.period_no as period_no,
    j.segment as segment,
    sum(case when j.has_entered then j.people else 0 end)::bigint as entered,
    sum(case when j.has_entered and j.has_reached then j.people else 0 end)::bigint as reached
  from journeys_in j
  group by j.period_no, j.segment
),
-- with figure of money
sums as (
  select
    p.period_no as period_no,
    e.segment as segment,
    sum(e.amount)::decimal(18,2) as amount,
    sum(e.amount * e.amount)::double as squares
  from asked_entries e
  join periods p on e.journey_began_on between p.starts_on and p.ends_on
  join sources s on s.store_key = e.store_key and s.period_no = p.period_no
  where e.kind = 'first_order' and days_between(e.journey_began_on, e.happened_on) <= p.age_days
  group by p.period_no, e.segment
),
-- end
sides as (
  select
    c.period_no as period_no,
    c.segment as segment,
    c.entered as entered,
    c.reached as reached,
    0::decimal(18,2) as amount,
    0e0 as squares
  from counted c
  -- with figure of money
  union all
  select s.period_no as period_no, s.segment as segment, 0::bigint as entered, 0::bigint as reached, s.amount as amount, s.squares as squares
  from sums s
  -- end
)
select
  s.period_no as period_no,
  s.segment as segment,
  sum(s.entered)::bigint as entered,
  sum(s.reached)::bigint as reached,
  sum(s.amount)::decimal(18,2) as amount,
  max(s.squares) as squares
from sides s
group by s.period_no, s.segment
having sum(s.entered) > 0 or sum(s.amount) <> 0
