-- The curves with the standard error of the share that has not gone on, and its 95 % interval.
-- The interval is that of the logarithm of the share, of the logarithm of minus that, or of the share itself (Kalbfleisch &
-- Prentice 2002, The Statistical Analysis of Failure Time Data, 1.4); R's survfit calls it conf.type. Nothing is known of it
-- where nobody is left.
-- grain: series_no, segment, age
-- uses: survival_curves, $conf_type
with errors as (
  select
    c.series_no as series_no,
    c.segment as segment,
    c.age as age,
    c.at_risk as at_risk,
    c.reached as reached,
    c.lost as lost,
    c.censored as censored,
    c.incidence as incidence,
    c.loss_incidence as loss_incidence,
    1e0 - c.incidence as survivor,
    case when 1e0 - c.incidence > 1e-12 then sqrt(greatest(
      c.incidence * c.incidence * c.sum_a - 2e0 * c.incidence * c.sum_af + c.sum_aff
        + c.sum_b - 2e0 * c.incidence * c.sum_c + 2e0 * c.sum_cf,
      0e0
    )) end as standard_error
  from survival_curves c
),
reaches as (
  select
    e.series_no as series_no,
    e.segment as segment,
    e.age as age,
    e.at_risk as at_risk,
    e.reached as reached,
    e.lost as lost,
    e.censored as censored,
    e.incidence as incidence,
    e.loss_incidence as loss_incidence,
    e.survivor as survivor,
    e.standard_error as standard_error,
    1.959963984540054e0 * case $conf_type::varchar
      when 'log' then safe_ratio(e.standard_error, e.survivor)
      when 'plain' then e.standard_error
      else coalesce(safe_ratio(e.standard_error, e.survivor * abs(ln(greatest(e.survivor, 1e-12)))), 0e0 * e.standard_error)
    end as reach
  from errors e
)
select
  r.series_no as series_no,
  r.segment as segment,
  r.age as age,
  r.at_risk as at_risk,
  r.reached as reached,
  r.lost as lost,
  r.censored as censored,
  r.incidence as incidence,
  r.loss_incidence as loss_incidence,
  r.survivor as survivor,
  r.standard_error as standard_error,
  case
    when r.standard_error is null then null
    when r.standard_error = 0 then r.survivor
    when $conf_type::varchar = 'log' then r.survivor * exp(-r.reach)
    when $conf_type::varchar = 'plain' then greatest(r.survivor - r.reach, 0e0)
    else exp(ln(r.survivor) * exp(r.reach))
  end as survivor_low,
  case
    when r.standard_error is null then null
    when r.standard_error = 0 then r.survivor
    when $conf_type::varchar = 'log' then least(r.survivor * exp(r.reach), 1e0)
    when $conf_type::varchar = 'plain' then least(r.survivor + r.reach, 1e0)
    else exp(ln(r.survivor) * exp(-r.reach))
  end as survivor_high
from reaches r
