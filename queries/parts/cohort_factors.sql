-- Share, rate and money per order of each segment in both cohorts, where one lacks it that of the other, and what a change of each
-- by one is worth in the figure while the others are held at the mean of both (Kitagawa 1955; Das Gupta 1993).
-- grain: segment
-- uses: $figure, $from_step, cohort_pairs, cohort_scales, revenue_late_segments
with rates as (
  select
    c.segment as segment,
    c.entered_after as entered_after,
    c.entered_before as entered_before,
    c.reached_after as reached_after,
    c.reached_before as reached_before,
    c.amount_after as amount_after,
    c.amount_before as amount_before,
    s.scale as scale,
    s.mean as mean,
    s.all_after as all_after,
    s.all_before as all_before,
    coalesce(safe_ratio(c.entered_after, s.all_after), safe_ratio(c.entered_before, s.all_before)) as share_after,
    coalesce(safe_ratio(c.entered_before, s.all_before), safe_ratio(c.entered_after, s.all_after)) as share_before,
    coalesce(safe_ratio(c.reached_after, c.entered_after), safe_ratio(c.reached_before, c.entered_before)) as rate_after,
    coalesce(safe_ratio(c.reached_before, c.entered_before), safe_ratio(c.reached_after, c.entered_after)) as rate_before,
    case when $figure::varchar = 'money' then coalesce(safe_ratio(c.amount_after, c.reached_after), safe_ratio(c.amount_before, c.reached_before), 0e0) else 1e0 end as ticket_after,
    case when $figure::varchar = 'money' then coalesce(safe_ratio(c.amount_before, c.reached_before), safe_ratio(c.amount_after, c.reached_after), 0e0) else 1e0 end as ticket_before,
    safe_ratio(greatest(c.squares_after - coalesce(safe_ratio(c.amount_after * c.amount_after, c.reached_after), 0e0), 0e0), c.reached_after - 1) as variance_after,
    safe_ratio(greatest(c.squares_before - coalesce(safe_ratio(c.amount_before * c.amount_before, c.reached_before), 0e0), 0e0), c.reached_before - 1) as variance_before,
    (coalesce(case when $from_step::bigint = 2 then l.late_for_2 when $from_step::bigint = 3 then l.late_for_3 end, 0) = 1)::boolean as is_late
  from cohort_pairs c
  cross join cohort_scales s
  left join revenue_late_segments l on l.segment is not distinct from c.segment
)
select
  r.*,
  r.scale * (0.5e0 * (r.rate_after * r.ticket_after + r.rate_before * r.ticket_before) - r.mean) as per_share,
  r.scale * 0.5e0 * (r.share_after + r.share_before) * 0.5e0 * (r.ticket_after + r.ticket_before) as per_rate,
  r.scale * 0.5e0 * (r.share_after + r.share_before) * 0.5e0 * (r.rate_after + r.rate_before) as per_ticket,
  safe_ratio(r.variance_after, r.reached_after) as error_after,
  safe_ratio(r.variance_before, r.reached_before) as error_before
from rates r
