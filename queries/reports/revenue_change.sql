-- Why revenue changed between two periods, to the cent.
-- Revenue is the money of first orders, repeat orders and upsells, less what was taken back. The money of first orders V is,
-- per segment, leads of all × the segment's share of them (mix) × visits per lead × orders per visit × V per order, in the
-- period view; each factor's effect is its additive LMDI-I term, L(V1, V0) · ln(x1 / x0) with the logarithmic mean L (Ang 2005,
-- Energy Policy 33:867). They add up to the difference without a rest, and swapping the periods flips every sign.
-- Where every segment has Q1 on both sides, volume is split into reach (Q1) and leads per aware. Where no store of a segment
-- records visits on one of the sides, orders per lead are one factor, the booking rate. Zeros by analytic limits (Ang and Liu
-- 2007, Energy Policy 35:238): V = 0 on one side gives the whole difference to the first factor that is 0 there. A segment
-- with money but without a lead or a visit, or with V below 0, goes whole to carried_over: those orders come from earlier
-- journeys. All other terms are plain differences. Within a segment the effects are rounded by largest remainder to the
-- exact difference, ties by name for an increase and in reverse for a decrease.
-- A store that lacks leads, visits or orders on either side is left out: one row with its whole difference, and everything
-- else compares the stores that both sides have. Where no store would be left, none is left out: then the effects add up, but
-- lists that lack are part of them (week_summary.whole_stores is 0). The rows behind the effect of a rate are those who did not
-- go on. Then volume is not split, because campaign figures know no stores. Several periods before
-- (compare_periods) count as their mean, rounded to the cent term by term. A day after as_of counts on neither side.
-- grain: term, segment
-- audience: owner, manager stores, marketer
-- uses: periods = revenue_periods, revenue_terms, revenue_totals, revenue_effects
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param compare_from date: first business day of what it is compared with, inclusive
-- param compare_to date: last business day of what it is compared with, inclusive
-- param compare_periods bigint (1 .. 52) default 1: how many periods before, each as many whole weeks earlier as it is long, are averaged
-- param as_of date default as_of: nothing later than this day is counted
-- param by varchar optional segment: field whose values are the segments; one segment without it, hence no mix
-- param where varchar[] filters: entries field=value
-- rows effect, term_effect, amount_after when term = left_out: money_rows by='store' part='revenue' compare_from='' compare_to=''
-- rows amount_before when term = left_out and $compare_periods = 1: money_rows by='store' part='revenue' from=$compare_from to=$compare_to compare_from='' compare_to=''
-- rows cause_effect, leads_after when cause = leads: journey_rows step='2' everywhere='true'
-- rows leads_before when cause = leads and $compare_periods = 1: journey_rows step='2' everywhere='true' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect when term = reach: reach_change
-- rows factor_after when term = reach: campaign_day_rows
-- across cause_effect by cause: segment_effect
-- rows factor_before when term = reach and $compare_periods = 1: campaign_day_rows from=$compare_from to=$compare_to
-- rows effect, factor_after when term = leads_per_aware | volume | mix: journey_rows step='2' everywhere='true'
-- rows factor_before when term = leads_per_aware | volume | mix and $compare_periods = 1: journey_rows step='2' everywhere='true' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect when term = visit_rate: journey_rows step='2' not_reached='3' everywhere='true'
-- rows factor_after, hits_after when term = visit_rate: journey_rows step='3' everywhere='true'
-- rows factor_before, hits_before when term = visit_rate and $compare_periods = 1: journey_rows step='3' everywhere='true' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect when term = closing_rate: journey_rows step='3' not_reached='4' everywhere='true'
-- rows effect, cause_effect when term = booking_rate: journey_rows step='2' not_reached='4' everywhere='true'
-- rows factor_after, hits_after when term = closing_rate | booking_rate: journey_rows step='4' everywhere='true'
-- rows factor_before, hits_before when term = closing_rate | booking_rate and $compare_periods = 1: journey_rows step='4' everywhere='true' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows base_after when term = visit_rate | booking_rate: journey_rows step='2' everywhere='true'
-- rows base_before when term = visit_rate | booking_rate and $compare_periods = 1: journey_rows step='2' everywhere='true' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows base_after when term = closing_rate: journey_rows step='3' everywhere='true'
-- rows base_before when term = closing_rate and $compare_periods = 1: journey_rows step='3' everywhere='true' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect, factor_after, amount_after when term = ticket | carried_over: money_rows part='first_orders'
-- rows factor_before, amount_before when term = ticket | carried_over and $compare_periods = 1: money_rows part='first_orders' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect, amount_after when term = repeat_orders: money_rows part='repeat_orders'
-- rows amount_before when term = repeat_orders and $compare_periods = 1: money_rows part='repeat_orders' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect, amount_after when term = taken_back: money_rows part='taken_back'
-- rows amount_before when term = taken_back and $compare_periods = 1: money_rows part='taken_back' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect, amount_after when term = upsell_sale: money_rows part='upsold' touchpoint='sale'
-- rows amount_before when term = upsell_sale and $compare_periods = 1: money_rows part='upsold' touchpoint='sale' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect, amount_after when term = upsell_shoot: money_rows part='upsold' touchpoint='shoot'
-- rows amount_before when term = upsell_shoot and $compare_periods = 1: money_rows part='upsold' touchpoint='shoot' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect, amount_after when term = upsell_viewing: money_rows part='upsold' touchpoint='viewing'
-- rows amount_before when term = upsell_viewing and $compare_periods = 1: money_rows part='upsold' touchpoint='viewing' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect, amount_after when term = upsell_pickup: money_rows part='upsold' touchpoint='pickup'
-- rows amount_before when term = upsell_pickup and $compare_periods = 1: money_rows part='upsold' touchpoint='pickup' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows effect, cause_effect, amount_after when term = upsell_other: money_rows part='upsold' touchpoint='none'
-- rows amount_before when term = upsell_other and $compare_periods = 1: money_rows part='upsold' touchpoint='none' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- rows total_after: money_rows part='revenue' by='' compare_from='' compare_to=''
-- rows total_before when $compare_periods = 1: money_rows part='revenue' by='' from=$compare_from to=$compare_to compare_from='' compare_to=''
-- rows value_after: money_rows part='first_orders'
-- rows value_before when $compare_periods = 1: money_rows part='first_orders' from=$compare_from to=$compare_to compare_from=$from compare_to=$to
-- formula difference: total_after - total_before
-- formula factor_before when term = leads_per_aware | mix | visit_rate | closing_rate | booking_rate: hits_before / base_before
-- formula factor_after when term = leads_per_aware | mix | visit_rate | closing_rate | booking_rate: hits_after / base_after
-- formula cause_effect when cause = leads and effect_from = log_mean: log_mean(value_after, value_before) * ln(leads_after / leads_before)
-- formula effect when effect_from = log_mean and term = leads_per_aware | mix | visit_rate | closing_rate | booking_rate: log_mean(value_after, value_before) * ln((hits_after / base_after) / (hits_before / base_before))
-- formula cause_effect when effect_from = log_mean and term = visit_rate | closing_rate | booking_rate: log_mean(value_after, value_before) * ln((hits_after / base_after) / (hits_before / base_before))
-- formula effect when effect_from = log_mean: log_mean(value_after, value_before) * ln(factor_after / factor_before)
-- formula cause_effect when effect_from = log_mean: log_mean(value_after, value_before) * ln(factor_after / factor_before)
-- formula effect when effect_from = difference: value_after - value_before
-- formula cause_effect when effect_from = difference: value_after - value_before
-- formula effect when term = left_out | carried_over | repeat_orders | upsell_sale | upsell_shoot | upsell_viewing | upsell_pickup | upsell_other | taken_back: amount_after - amount_before
-- formula cause_effect when term = left_out | carried_over | repeat_orders | upsell_sale | upsell_shoot | upsell_viewing | upsell_pickup | upsell_other | taken_back: amount_after - amount_before
-- column term_no bigint not null: order of the terms
-- column term varchar not null: left_out, reach, leads_per_aware, volume, mix, visit_rate, closing_rate, booking_rate, ticket, carried_over, repeat_orders, upsell_sale, upsell_shoot, upsell_viewing, upsell_pickup, upsell_other or taken_back
-- column segment varchar: value of the segment, all without one, null where the value is missing; the store of left_out
-- column factor_before double: the factor before; null for terms that are money, and for rates known after the fact
-- column factor_after double: the factor after; null for terms that are money, and for rates known after the fact
-- column hits_before bigint: numerator of a rate before, of all periods compared with together; null for what is no rate
-- column base_before bigint: its denominator
-- column hits_after bigint: numerator of the rate after
-- column base_after bigint: its denominator
-- column factor_note varchar: known_after where the segment's value became known only after the rate's denominator
-- column leads_before double: leads of the segment before, per period; null for terms that are not about leads
-- column leads_after double: leads of the segment after
-- column amount_before decimal(18,2): the money before; null for factors
-- column amount_after decimal(18,2): the money after; null for factors
-- column value_before decimal(18,2): V before, of the factor's segment; null for terms that are money
-- column value_after decimal(18,2): V after, of the factor's segment; null for terms that are money
-- column effect_from varchar: log_mean where the effect is L(V1, V0) · ln(x1 / x0), difference where it is all of V1 - V0, none where another factor has that; null for terms that are money, and for rates known after the fact
-- column effect decimal(18,2) not null: part of the difference; all rows add up to it
-- column term_effect decimal(18,2) not null: the term's effect in all segments
-- column rank_no bigint: place of the effect among the stores compared, 1 the largest in the direction of their change; null for a store left out, and without a change
-- column cause varchar: what the row is a part of as a cause: leads (reach, leads_per_aware, volume and mix of its segment together), else the term; null like rank_no
-- column cause_effect decimal(18,2): effect of the whole cause in this segment, the same in all of its rows; null like rank_no
-- column cause_share double: cause_effect / compared_difference; null like rank_no
-- column cause_no bigint: place as a cause of the change of the stores compared, the same in all rows of a cause: 1 the largest cause_effect that went their way, among segments that went their way as a whole. Those who visit mostly asked in earlier weeks, so that leads that jump lower the visit rate of their own week: leads and visit rate each count in full where half of it is left when both are taken together in the segment, else for no more than both together did. Null for what then counts for nothing, and like rank_no
-- column segment_effect decimal(18,2) not null: all effects in this segment, or of this store left out, together
-- column segment_no bigint: place of segment_effect among the segments compared, 1 the largest in the direction of their change; null like rank_no
-- column level decimal(18,2) not null: where the row begins in a waterfall: total_before + the effects of the rows above
-- column total_before decimal(18,2) not null: revenue before, of all stores that the filters leave; the same in every row
-- column total_after decimal(18,2) not null: revenue after, the same in every row
-- column difference decimal(18,2) not null: total_after - total_before, the same in every row
-- column compared_difference decimal(18,2) not null: the difference less that of stores left out, the same in every row
-- column compared_ratio double: compared_difference / revenue before of the stores compared; null where that was not above 0
with weights as (
  select
    e.term as term,
    e.segment as segment,
    case when e.term in ('reach', 'leads_per_aware', 'volume', 'mix') then 'leads' else e.term end as cause,
    e.effect as effect,
    case when w.compared_change < 0 then -e.effect else e.effect end as toward
  from revenue_effects e
  cross join revenue_totals w
  where e.term <> 'left_out' and w.compared_change <> 0
),
causes as (
  select
    g.segment as segment,
    g.cause as cause,
    case when g.cause in ('leads', 'visit_rate') then 'visits' else g.cause end as family,
    sum(g.effect) as effect,
    sum(g.toward) as toward
  from weights g
  group by g.segment, g.cause
),
netted_causes as (
  select
    c.segment as segment,
    c.cause as cause,
    c.effect as effect,
    c.toward as toward,
    sum(c.toward) over (partition by c.segment, c.family) as family_toward,
    sum(c.toward) over (partition by c.segment) as segment_toward
  from causes c
),
weighed_causes as (
  select
    n.segment as segment,
    n.cause as cause,
    n.effect as effect,
    case
      when n.segment_toward <= 0 then 0
      when 2 * n.family_toward >= n.toward then n.toward
      else least(n.toward, n.family_toward)
    end as weight
  from netted_causes n
),
ranked_causes as (
  select
    n.segment as segment,
    n.cause as cause,
    n.effect as effect,
    case when n.weight > 0 then row_number() over (order by n.weight desc, n.cause, n.segment nulls last) end as cause_no
  from weighed_causes n
),
ranked_segments as (
  select g.segment as segment, row_number() over (order by sum(g.toward) desc, g.segment nulls last) as segment_no
  from weights g
  group by g.segment
)
select
  t.term_no::bigint as term_no,
  e.term::varchar as term,
  e.segment::varchar as segment,
  case when e.factor_note is null then e.factor_before end::double as factor_before,
  case when e.factor_note is null then e.factor_after end::double as factor_after,
  case when e.factor_note is null then e.hits_before end::bigint as hits_before,
  case when e.factor_note is null then e.base_before end::bigint as base_before,
  case when e.factor_note is null then e.hits_after end::bigint as hits_after,
  case when e.factor_note is null then e.base_after end::bigint as base_after,
  e.factor_note::varchar as factor_note,
  e.leads_before::double as leads_before,
  e.leads_after::double as leads_after,
  e.amount_before::decimal(18,2) as amount_before,
  e.amount_after::decimal(18,2) as amount_after,
  e.value_before::decimal(18,2) as value_before,
  e.value_after::decimal(18,2) as value_after,
  e.effect_from::varchar as effect_from,
  e.effect::decimal(18,2) as effect,
  (sum(e.effect) over (partition by e.term))::decimal(18,2) as term_effect,
  case
    when e.term <> 'left_out' and w.compared_change <> 0
      then row_number() over (
        partition by e.term = 'left_out'
        order by case when w.compared_change < 0 then e.effect else -e.effect end, t.term_no, e.segment nulls last
      )
  end::bigint as rank_no,
  c.cause::varchar as cause,
  c.effect::decimal(18,2) as cause_effect,
  case when c.cause is not null then safe_ratio(c.effect, w.compared_change) end::double as cause_share,
  c.cause_no::bigint as cause_no,
  (sum(e.effect) over (partition by e.segment, e.term = 'left_out'))::decimal(18,2) as segment_effect,
  s.segment_no::bigint as segment_no,
  (w.total_before - e.effect
    + sum(e.effect) over (order by t.term_no, e.segment nulls last rows between unbounded preceding and current row))::decimal(18,2) as level,
  w.total_before::decimal(18,2) as total_before,
  w.total_after::decimal(18,2) as total_after,
  (w.total_after - w.total_before)::decimal(18,2) as difference,
  w.compared_change::decimal(18,2) as compared_difference,
  case when w.compared_before > 0 then safe_ratio(w.compared_change, w.compared_before) end::double as compared_ratio
from revenue_effects e
join revenue_terms t on t.term = e.term
cross join revenue_totals w
left join weights g on g.term = e.term and g.segment is not distinct from e.segment
left join ranked_causes c on c.cause = g.cause and c.segment is not distinct from g.segment
left join ranked_segments s on e.term <> 'left_out' and s.segment is not distinct from e.segment
order by t.term_no, e.segment nulls last
