-- What the units of an experiment brought, added up by variant: all that its statistics need to know.
-- Which days count, and which units are left out: see experiment_journeys. main is what is counted (orders, money), base of how many;
-- the products are sums over units, so that means, ratios (delta method) and a habit from before (CUPED) follow from them. With cap,
-- money of a unit above that quantile of all units that brought any counts as the quantile; the raw sums stay. A stratum that has fewer
-- than five units in some variant is taken together with the others of that kind and with those of no value; fewer than five units are not told apart
-- from persons and have no sums.
-- grain: metric, variant, stratum
-- audience: owner
-- uses: experiment_measures
-- param id varchar: experiment_id
-- param control varchar optional: variant that the others are compared with
-- param stratify varchar (store | channel | campaign | city | age_group) optional: sums by this field of the journeys, known before the outcome
-- param window_days bigint (0 .. 730) optional: each unit counts so many days from its beginning on
-- param pre_days bigint (1 .. 730) default 180: length of the time before from which a unit's habit is read
-- param cap varchar (p90 | p95 | p99) optional: quantile at which money of a unit is capped
-- param as_of date default as_of: nothing later than this day is counted
-- column metric varchar not null: active (came in), bought, closing, signed, net, upsold, lost or cancelled
-- column variant varchar not null: as assigned
-- column stratum varchar: value of the field; null where it is missing or has too few units
-- column stratum_no bigint not null: place of the stratum
-- column metric_no bigint not null: place of the metric
-- column variant_no bigint not null: place of the variant; 1 is the control
-- column units bigint not null: units counted
-- column capped bigint not null: of them, above the cap
-- column cap_amount double: the quantile; null without a cap
-- column main double: sum of what is counted, capped
-- column base double: sum of what it is counted of
-- column main_before double: the same as main in the time before
-- column base_before double: the same as base in the time before
-- column main_main double: sum of squares
-- column base_base double: sum of squares
-- column before_before double: sum of squares of main_before
-- column base_before_squares double: sum of squares of base_before
-- column main_base double: sum of products, main and base
-- column main_main_before double: sum of products, main and main_before
-- column main_base_before double: sum of products, main and base_before
-- column base_main_before double: sum of products, base and main_before
-- column base_base_before double: sum of products, base and base_before
-- column befores double: sum of products, main_before and base_before
-- column raw_main double: sum of main before capping
-- column raw_main_main double: sum of its squares
with measures as materialized (
  select m.* from experiment_measures m
),
caps as (
  select
    m.metric as metric,
    case $cap::varchar
      when 'p90' then percentile(m.main, 0.9e0)
      when 'p95' then percentile(m.main, 0.95e0)
      when 'p99' then percentile(m.main, 0.99e0)
    end as cap_amount
  from measures m
  where m.main > 0 and m.metric in ('signed', 'net', 'upsold')
  group by m.metric
),
counted as (
  select
    m.*,
    c.cap_amount as cap_amount,
    case when m.main > c.cap_amount then 1 else 0 end as is_capped,
    case when m.main > c.cap_amount then c.cap_amount else m.main end as capped_main
  from measures m
  left join caps c on c.metric = m.metric
),
cells as (
  select c.metric as metric, c.stratum as stratum, c.variant as variant, count(*) as units
  from counted c
  group by c.metric, c.stratum, c.variant
),
arms as (
  select c.metric as metric, count(distinct c.variant) as variants
  from cells c
  group by c.metric
),
told as (
  select c.metric as metric, c.stratum as stratum, row_number() over (partition by c.metric order by c.stratum) as stratum_no
  from cells c
  join arms a on a.metric = c.metric
  where c.stratum is not null
  group by c.metric, c.stratum
  having count(*) = min(a.variants) and min(c.units) >= 5
),
placed as (
  select c.*, t.stratum as told_stratum, coalesce(t.stratum_no, 0) as stratum_no
  from counted c
  left join told t on t.metric = c.metric and t.stratum = c.stratum
)
select
  c.metric::varchar as metric,
  c.variant::varchar as variant,
  c.told_stratum::varchar as stratum,
  c.stratum_no::bigint as stratum_no,
  c.metric_no::bigint as metric_no,
  c.variant_no::bigint as variant_no,
  count(*)::bigint as units,
  sum(c.is_capped)::bigint as capped,
  max(c.cap_amount)::double as cap_amount,
  (case when count(*) >= 5 then steady_sum(c.capped_main) end)::double as main,
  (case when count(*) >= 5 then steady_sum(c.base) end)::double as base,
  (case when count(*) >= 5 then steady_sum(c.main_before) end)::double as main_before,
  (case when count(*) >= 5 then steady_sum(c.base_before) end)::double as base_before,
  (case when count(*) >= 5 then steady_sum(c.capped_main * c.capped_main) end)::double as main_main,
  (case when count(*) >= 5 then steady_sum(c.base * c.base) end)::double as base_base,
  (case when count(*) >= 5 then steady_sum(c.main_before * c.main_before) end)::double as before_before,
  (case when count(*) >= 5 then steady_sum(c.base_before * c.base_before) end)::double as base_before_squares,
  (case when count(*) >= 5 then steady_sum(c.capped_main * c.base) end)::double as main_base,
  (case when count(*) >= 5 then steady_sum(c.capped_main * c.main_before) end)::double as main_main_before,
  (case when count(*) >= 5 then steady_sum(c.capped_main * c.base_before) end)::double as main_base_before,
  (case when count(*) >= 5 then steady_sum(c.base * c.main_before) end)::double as base_main_before,
  (case when count(*) >= 5 then steady_sum(c.base * c.base_before) end)::double as base_base_before,
  (case when count(*) >= 5 then steady_sum(c.main_before * c.base_before) end)::double as befores,
  (case when count(*) >= 5 then steady_sum(c.main) end)::double as raw_main,
  (case when count(*) >= 5 then steady_sum(c.main * c.main) end)::double as raw_main_main
from placed c
group by c.metric, c.variant, c.told_stratum, c.stratum_no, c.metric_no, c.variant_no
order by c.metric_no, c.variant_no, c.stratum_no
