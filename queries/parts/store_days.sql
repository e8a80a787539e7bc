-- How many asked journeys of each store count at each step on each day of the periods.
-- What lies outside all periods gathers on a row without a day, so that every store of a segment has rows.
-- grain: segment, store_key, day
-- uses: $from, $to, $as_of, bounds, journey_steps
select
  s.segment as segment,
  s.store_key as store_key,
  case when s.counted_on between b.first_on and b.last_on then s.counted_on end as day,
  sum(case when s.step_no = 2 then s.people else 0 end)::bigint as people_2,
  sum(case when s.step_no = 3 then s.people else 0 end)::bigint as people_3,
  sum(case when s.step_no = 4 then s.people else 0 end)::bigint as people_4,
  sum(case when s.step_no = 5 then s.people else 0 end)::bigint as people_5,
  sum(case when s.step_no = 6 then s.people else 0 end)::bigint as people_6,
  sum(case when s.step_no = 3 and s.age_days <= days_between(least($to::date, $as_of::date), $as_of::date) then s.people else 0 end)::bigint as young_3,
  sum(case when s.step_no = 4 and s.age_days <= days_between(least($to::date, $as_of::date), $as_of::date) then s.people else 0 end)::bigint as young_4,
  sum(case when s.step_no = 5 and s.age_days <= days_between(least($to::date, $as_of::date), $as_of::date) then s.people else 0 end)::bigint as young_5,
  sum(case when s.step_no = 6 and s.age_days <= days_between(least($to::date, $as_of::date), $as_of::date) then s.people else 0 end)::bigint as young_6,
  sum(case when s.step_no = 2 and s.skipped then s.people else 0 end)::bigint as skipped_2,
  sum(case when s.step_no = 3 and s.skipped then s.people else 0 end)::bigint as skipped_3,
  sum(case when s.cancelled then s.people else 0 end)::bigint as cancelled_4
from journey_steps s
cross join bounds b
where s.step_no = 2 or s.counted_on between b.first_on and b.last_on
group by s.segment, s.store_key, case when s.counted_on between b.first_on and b.last_on then s.counted_on end
