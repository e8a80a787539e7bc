-- Which segments made revenue change, the largest part first.
-- Revenue is the money of first orders, repeat orders and upsells, less what was taken back, each on its own day; its
-- change per segment is what the effects of revenue_change add up to there. People are counted in the period view. A store that
-- lacks rows of a list on either side is left out of all segments and has a row of its own, first, unless no store would be
-- left (week_summary.whole_stores is 0). The rates take only the stores that
-- record visits on both sides; where none does, closing is orders per lead. A rate is empty where the segment's value
-- became known only after its denominator in more than 5 % of the journeys.
-- grain: segment, left_out
-- audience: owner, manager stores, marketer
-- uses: periods = revenue_periods, revenue_figures, revenue_late_segments
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param compare_from date: first business day of what it is compared with, inclusive
-- param compare_to date: last business day of what it is compared with, inclusive
-- param compare_periods bigint (1 .. 52) default 1: how many periods before, each as many whole weeks earlier as it is long, are averaged
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field whose values are ranked; one row without it
-- param where varchar[] filters: entries field=value
-- rows leads when left_out = false: journey_rows step='2' everywhere='true'
-- rows visits when left_out = false: journey_rows step='3' everywhere='true'
-- rows orders when left_out = false: journey_rows step='4' everywhere='true'
-- rows reference_leads when left_out = false and $compare_periods = 1: journey_rows step='2' everywhere='true' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows reference_visits when left_out = false and $compare_periods = 1: journey_rows step='3' everywhere='true' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows reference_orders when left_out = false and $compare_periods = 1: journey_rows step='4' everywhere='true' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows amount, change when left_out = false: money_rows part='revenue'
-- rows amount, change: money_rows part='revenue' by='store' compare_from='' compare_to=''
-- rows reference_amount when left_out = false and $compare_periods = 1: money_rows part='revenue' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows reference_amount when $compare_periods = 1: money_rows part='revenue' by='store' from=$compare_from to=$compare_to compare_from='' compare_to=''
-- formula change: amount - reference_amount
-- column rank_no bigint: place by part in the change of all, the largest first; null for a store left out
-- column segment varchar: value of the segment, all without one, null where the value is missing; the store left out
-- column left_out boolean not null: a store that lacks rows of a list on either side, compared with nothing
-- column leads bigint not null: journeys begun
-- column visits bigint: journeys that became active; null where no store records visits
-- column orders bigint not null: journeys that bought for the first time
-- column reference_leads double not null: journeys begun before, per period
-- column reference_visits double: journeys that became active before, per period
-- column reference_orders double not null: journeys that bought before, per period
-- column visit_hits bigint: numerator of the visit rate, in the stores that record visits
-- column visit_base bigint: its denominator: leads of these stores
-- column closing_hits bigint: numerator of the closing rate
-- column closing_base bigint: its denominator
-- column closing_from bigint not null: step of that denominator: 3 visits, 2 leads
-- column rate_note varchar: why a rate is empty: known_after (the segment became known too late) or no_source (of visits)
-- column amount decimal(18,2) not null: revenue
-- column reference_amount decimal(18,2) not null: revenue before, per period
-- column change decimal(18,2) not null: amount - reference_amount
-- column share_of_change double: change / the change of all that are compared
with sums as (
  select
    case when f.left_out then nullif(f.store_key, '') else f.segment end as segment,
    f.left_out as left_out,
    max((f.has_visits)::int) = 1 as has_visits,
    sum(case when f.figure = 'leads' then f.after_amount else 0 end) as leads,
    sum(case when f.figure = 'visits' then f.after_amount else 0 end) as visits,
    sum(case when f.figure = 'orders' then f.after_amount else 0 end) as orders,
    sum(case when f.figure = 'leads' then f.before_sum else 0 end) as leads_before,
    sum(case when f.figure = 'visits' then f.before_sum else 0 end) as visits_before,
    sum(case when f.figure = 'orders' then f.before_sum else 0 end) as orders_before,
    sum(case when f.figure = 'leads' and f.has_visits then f.after_amount else 0 end) as leads_with_visits,
    sum(case when f.figure = 'visits' and f.has_visits then f.after_amount else 0 end) as visits_with_visits,
    sum(case when f.figure = 'orders' and f.has_visits then f.after_amount else 0 end) as orders_with_visits,
    sum(case when f.is_money then f.after_amount else 0 end) as amount,
    sum(case when f.is_money then f.before_amount else 0 end) as reference_amount
  from revenue_figures f
  group by case when f.left_out then nullif(f.store_key, '') else f.segment end, f.left_out
),
changes as (
  select
    s.*,
    s.amount - s.reference_amount as change,
    sum(case when s.left_out then 0 else s.amount - s.reference_amount end) over () as change_of_all
  from sums s
),
ranked as (
  select
    c.*,
    row_number() over (
      partition by c.left_out
      order by case when c.change_of_all < 0 then c.change else -c.change end, c.segment nulls last
    ) as place
  from changes c
)
select
  case when not r.left_out then r.place end::bigint as rank_no,
  r.segment::varchar as segment,
  r.left_out::boolean as left_out,
  r.leads::bigint as leads,
  case when r.has_visits then r.visits end::bigint as visits,
  r.orders::bigint as orders,
  safe_ratio(r.leads_before, $compare_periods::bigint)::double as reference_leads,
  case when r.has_visits then safe_ratio(r.visits_before, $compare_periods::bigint) end::double as reference_visits,
  safe_ratio(r.orders_before, $compare_periods::bigint)::double as reference_orders,
  case when r.has_visits and coalesce(l.late_for_2, 0) = 0 then r.visits_with_visits end::bigint as visit_hits,
  case when r.has_visits and coalesce(l.late_for_2, 0) = 0 then r.leads_with_visits end::bigint as visit_base,
  case when coalesce(case when r.has_visits then l.late_for_3 else l.late_for_2 end, 0) = 0 then case when r.has_visits then r.orders_with_visits else r.orders end end::bigint as closing_hits,
  case when coalesce(case when r.has_visits then l.late_for_3 else l.late_for_2 end, 0) = 0 then case when r.has_visits then r.visits_with_visits else r.leads end end::bigint as closing_base,
  (case when r.has_visits then 3 else 2 end)::bigint as closing_from,
  case
    when coalesce(l.late_for_2, 0) + coalesce(case when r.has_visits then l.late_for_3 end, 0) > 0 then 'known_after'
    when not r.has_visits then 'no_source'
  end::varchar as rate_note,
  r.amount::decimal(18,2) as amount,
  r.reference_amount::decimal(18,2) as reference_amount,
  r.change::decimal(18,2) as change,
  case when not r.left_out then safe_ratio(r.change, r.change_of_all) end::double as share_of_change
from ranked r
left join revenue_late_segments l on l.segment is not distinct from r.segment and not r.left_out
order by r.left_out desc, r.place
