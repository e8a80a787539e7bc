-- Revenue of both sides in all, that of the stores compared before and its change, and the leads of these.
-- grain: one row
-- uses: revenue_figures
select
  coalesce(sum(case when f.is_money then f.before_amount end), 0)::decimal(18,2) as total_before,
  coalesce(sum(case when f.is_money then f.after_amount end), 0)::decimal(18,2) as total_after,
  coalesce(sum(case when f.is_money and not f.left_out then f.after_amount - f.before_amount end), 0) as compared_change,
  coalesce(sum(case when f.is_money and not f.left_out then f.before_amount end), 0) as compared_before,
  sum(case when f.figure = 'leads' and not f.left_out then f.before_sum end) as leads_before,
  sum(case when f.figure = 'leads' and not f.left_out then f.after_amount end) as leads_after,
  coalesce(max((f.left_out)::int), 0) = 1 as is_partial
from revenue_figures f
