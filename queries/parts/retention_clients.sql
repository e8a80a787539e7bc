-- The clients that the filters leave, each with its value of the asked segment: those of the journey that began first.
-- Who has no journey has the missing value in every field, and stays where all filters allow that.
-- grain: client_no
-- uses: asked_journeys, asked_filters, retention_numbers, $by, $where, $viewer_shown, $cohort, $return, $cohort_where, $return_where, $conditions, $period, $intervals, $brackets
with refusing as (
  select w.entry as entry
  from (select unnest($where::varchar[]) as entry) w
  where not is_in($where::varchar[], substring(w.entry, 1, position('=' in w.entry)))
),
homes as (
  select c.client_no as client_no, c.first_journey_id as journey_id
  from clients c
  -- with cohort or return beyond order, visit, upsell, referral, any; cohort_where or return_where or conditions or brackets; period beyond day, week, month, quarter, year; intervals beyond calendar
  where false
  union all
  select n.client_no as client_no, f.journey_id as journey_id
  from retention_numbers n
  left join (
    select g.client_id as client_id, argMin(g.journey_id, g.began) as journey_id
    from (
      select
        coalesce(k.client_id, coalesce('C:' || j.customer_id, j.journey_id)) as client_id,
        j.journey_id as journey_id,
        row_number() over (order by j.began_at, j.journey_id)::bigint as began
      from begun_journeys j
      left join client_links k on k.person_id = coalesce('C:' || j.customer_id, j.journey_id)
    ) g
    group by g.client_id
  ) f on f.client_id = n.client_id
  -- end
)
select
  h.client_no as client_no,
  j.segment as segment
from homes h
left join asked_journeys j on j.journey_id = h.journey_id
where
  length($where::varchar[]) = 0
  or j.journey_id is not null
  or (h.journey_id is null and (select count(*) from refusing r) = 0)
