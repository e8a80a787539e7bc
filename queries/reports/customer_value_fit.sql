-- How clients come back and what they spend, as two models fitted by maximum likelihood.
-- BG/NBD (Fader, Hardie & Lee 2005): r and α say how often clients buy, a and b how soon they are lost; time in units. Gamma–gamma
-- (Fader & Hardie 2013), over clients with a repeat transaction and a positive mean value of these: p, q and v say what a
-- transaction is worth. Fewer than 100 clients, or fewer than 20 who came back, are too few; where the likelihood has no highest point
-- (clients came back once at most, nobody differs, or nobody is ever lost) the fit does not converge: also not where a shape lies
-- beyond 5,000 or 1/5,000, or the standard error of a logarithm beyond 3. Then there are no parameters, and the reason stands there.
-- What is counted as a transaction: see client_transactions. Intervals are of the logarithms of the parameters, by the curvature
-- of the likelihood.
-- grain: model
-- audience: owner, manager stores
-- uses: client_transactions_until, buying_clients
-- fed: buying_histories, repeat_means
-- fit: valueModels
-- finish: valueFits
-- engine: duckdb, because JSON is a type of its own on the other engine; what is fitted is asked of both
-- param until date default as_of: orders after this day do not exist
-- param unit varchar (day | week | month) default week: unit of time of α: days ÷ 1, ÷ 7 or ÷ 30.4375
-- column model varchar not null: bg_nbd or gamma_gamma
-- column unit varchar not null: unit of time that was asked for
-- column parameters json: r, alpha, a, b; or p, q, v; null where there is no fit
-- column standard_errors json: of the parameters: each times the standard error of its logarithm (delta method)
-- column low json: lower ends of the 95 % intervals of the parameters
-- column high json: upper ends
-- column log_likelihood double: logarithm of the likelihood at the parameters
-- column customers bigint not null: clients that the model is fitted to
-- column came_back bigint not null: of them, with a repeat transaction
-- column converged boolean not null: whether the likelihood has a highest point that was found
-- column reason varchar: why there is no fit: too_few or no_highest_point
with counted as (
  select
    count(*)::bigint as clients,
    coalesce(sum((b.x > 0)::int), 0)::bigint as came_back,
    coalesce(sum((b.x > 0 and b.repeat_amount > 0)::int), 0)::bigint as spending
  from buying_clients b
),
models as (
  select 1 as model_no, 'bg_nbd' as model, c.clients as customers, c.came_back as came_back from counted c
  union all
  select 2 as model_no, 'gamma_gamma' as model, c.spending as customers, c.spending as came_back from counted c
)
select
  m.model::varchar as model,
  $unit::varchar as unit,
  null::json as parameters,
  null::json as standard_errors,
  null::json as low,
  null::json as high,
  null::double as log_likelihood,
  m.customers::bigint as customers,
  m.came_back::bigint as came_back,
  false::boolean as converged,
  null::varchar as reason
from models m
order by m.model_no
