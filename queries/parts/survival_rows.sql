-- The curves as reports give them: one row for each age at which somebody went on, was lost or was last seen.
-- grain: segment, age
-- uses: survival_bands
select
  b.segment::varchar as segment,
  b.age::bigint as age,
  b.at_risk::bigint as at_risk,
  b.reached::bigint as events,
  b.lost::bigint as losses,
  b.censored::bigint as censored,
  b.incidence::double as incidence,
  (1e0 - b.survivor_high)::double as incidence_low,
  (1e0 - b.survivor_low)::double as incidence_high,
  b.survivor::double as survivor,
  b.standard_error::double as standard_error,
  b.survivor_low::double as survivor_low,
  b.survivor_high::double as survivor_high,
  b.loss_incidence::double as loss_incidence,
  greatest(1e0 - b.incidence - b.loss_incidence, 0e0)::double as open_share
from survival_bands b
