-- What an experiment shows: each variant against the control, by each metric, and how sure one may be.
-- Differences are of the means per unit (shares where a unit does or does not), of days, stores and persons of the ratios of sums (delta
-- method, Deng, Knoblich & Lu 2018, KDD 233), less what the units' habit before foretells where there is a time before (CUPED, Deng et al.
-- 2013, WSDM 123). Intervals by one look: Welch's t; for whoever looks every day the always-valid ones (Waudby-Smith et al. 2024).
-- p values of all variants and metrics are adjusted together, after Holm and after Benjamini and Hochberg. Called better or worse is
-- what the always-valid interval says, with 30 units and more in each arm. Whether units came to the variants in equal numbers is
-- tested by χ² (in the shares of the plan, where the list has one); below 0.001 something is broken, and no difference means anything. What is counted, and which units are left out: see
-- experiment_sums.
-- grain: metric, variant
-- audience: owner, marketer
-- uses: experiment_metrics, experiment_units
-- fed: experiment_sums
-- finish: experimentResults, by planned_units
-- engine: duckdb, because its rows are finished by statistics; what these are fed is asked of both
-- param id varchar: experiment_id
-- param control varchar optional: variant that the others are compared with
-- param stratify varchar (store | channel | campaign | city | age_group) optional: post-stratified by this field, in the shares of all units
-- param window_days bigint (0 .. 730) optional: each unit counts so many days from its beginning on
-- param pre_days bigint (1 .. 730) default 180: length of the time before from which a unit's habit is read
-- param cap varchar (p90 | p95 | p99) optional: quantile at which money of a unit is capped
-- param planned_units bigint (50 .. 10000000) default 2000: units of both arms at which the always-valid interval is narrowest; to be chosen before
-- param as_of date default as_of: nothing later than this day is counted
-- column metric varchar not null: active, bought, closing, signed, net, upsold, lost or cancelled; see experiment_sums
-- column variant varchar not null: as assigned
-- column control varchar not null: variant that it is compared with
-- column metric_no bigint not null: place of the metric
-- column variant_no bigint not null: place of the variant, from 2 on
-- column assigned bigint not null: units assigned to the variant
-- column control_assigned bigint not null: units assigned to the control
-- column units bigint: of them, counted
-- column control_units bigint: of the control's, counted
-- column value double: mean per unit, or ratio
-- column control_value double: the same of the control
-- column difference double: value - control_value, less what the habit before foretells
-- column low double: lower end of its 95 % interval, for one look
-- column high double: upper end
-- column p double: how probable at least such a difference would be without any
-- column holm_p double: the same, adjusted after Holm
-- column false_discovery_p double: the same, adjusted after Benjamini and Hochberg
-- column always_low double: lower end of the 95 % interval that holds however often one looks
-- column always_high double: upper end
-- column lift double: difference / control_value
-- column lift_low double: lower end of its 95 % interval, for one look
-- column lift_high double: upper end
-- column chance_to_win double: probability that the variant is better, from a flat prior; of lost and cancelled, less is better
-- column loss_if_taken double: what taking the variant is expected to cost where the control is better
-- column loss_if_left double: what leaving it is expected to cost where the variant is better
-- column variance_kept double: variance after allowing for the habit / variance without; null without a time before
-- column method varchar: welch, or cuped with a time before
-- column plan varchar: variants and their shares as the list of experiments says; equal shares without it
-- column ratio_p double: how probable such unequal numbers of units would be if they came as planned
-- column standing varchar not null: broken, better, worse, open, or why nothing is said: too_few, no_variance or zero_baseline
with units as materialized (
  select u.* from experiment_units u
),
variants as (
  select u.variant as variant, min(u.variant_no) as variant_no, count(*)::bigint as units
  from units u
  group by u.variant
)
select
  m.metric::varchar as metric,
  v.variant::varchar as variant,
  c.variant::varchar as control,
  m.metric_no::bigint as metric_no,
  v.variant_no::bigint as variant_no,
  v.units::bigint as assigned,
  c.units::bigint as control_assigned,
  null::bigint as units,
  null::bigint as control_units,
  null::double as value,
  null::double as control_value,
  null::double as difference,
  null::double as low,
  null::double as high,
  null::double as p,
  null::double as holm_p,
  null::double as false_discovery_p,
  null::double as always_low,
  null::double as always_high,
  null::double as lift,
  null::double as lift_low,
  null::double as lift_high,
  null::double as chance_to_win,
  null::double as loss_if_taken,
  null::double as loss_if_left,
  null::double as variance_kept,
  null::varchar as method,
  e.variants::varchar as plan,
  null::double as ratio_p,
  'too_few'::varchar as standing
from variants v
join variants c on c.variant_no = 1
cross join experiment_metrics m
left join exports.experiments e on e.experiment_id = $id::varchar
where v.variant_no > 1
order by m.metric_no, v.variant_no
