-- What each segment of both compared cohorts came to, side by side; squares are of the money of single orders.
-- grain: segment
-- uses: cohort_counts
select
  c.segment as segment,
  sum(case when c.period_no = 0 then c.entered else 0 end)::bigint as entered_after,
  sum(case when c.period_no = 1 then c.entered else 0 end)::bigint as entered_before,
  sum(case when c.period_no = 0 then c.reached else 0 end)::bigint as reached_after,
  sum(case when c.period_no = 1 then c.reached else 0 end)::bigint as reached_before,
  sum(case when c.period_no = 0 then c.amount else 0::decimal(18,2) end)::double as amount_after,
  sum(case when c.period_no = 1 then c.amount else 0::decimal(18,2) end)::double as amount_before,
  max(case when c.period_no = 0 then c.squares else 0e0 end) as squares_after,
  max(case when c.period_no = 1 then c.squares else 0e0 end) as squares_before
from cohort_counts c
group by c.segment
