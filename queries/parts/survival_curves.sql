-- Share gone on, and share lost, by age: what Kaplan and Meier's estimate is where one end competes with another.
-- Cumulative incidences of both ends (Aalen & Johansen 1978, Scandinavian Journal of Statistics 5:141); without losses
-- incidence is 1 minus Kaplan and Meier's estimate (1958, JASA 53:457). Whoever goes on or is lost at an age was at risk
-- until then, and so was whoever was last seen at it. The sums are those of the variance of the incidence (Marubini &
-- Valsecchi 1995, Analysing Survival Data, 10.10): with them it is known between any two ages, and without losses it is
-- Greenwood's. Where everybody at risk ends at once nothing is left to vary.
-- grain: series_no, segment, age
-- uses: exits
with ages as (
  select
    e.series_no as series_no,
    e.segment as segment,
    e.age as age,
    sum(e.people)::bigint as leaving,
    sum(e.people * e.reached)::bigint as reached,
    sum(e.people * e.lost)::bigint as lost
  from exits e
  group by e.series_no, e.segment, e.age
),
risks as (
  select
    a.series_no as series_no,
    a.segment as segment,
    a.age as age,
    a.leaving as leaving,
    a.reached as reached,
    a.lost as lost,
    sum(a.leaving) over (partition by a.series_no, a.segment order by a.age desc)::bigint as at_risk
  from ages a
),
staying as (
  select
    r.series_no as series_no,
    r.segment as segment,
    r.age as age,
    r.leaving as leaving,
    r.reached as reached,
    r.lost as lost,
    r.at_risk as at_risk,
    exp(sum(ln(greatest(1e0 - safe_ratio(r.reached + r.lost, r.at_risk), 1e-300))) over (partition by r.series_no, r.segment order by r.age)) as open_share
  from risks r
),
steps as (
  select
    s.series_no as series_no,
    s.segment as segment,
    s.age as age,
    s.leaving as leaving,
    s.reached as reached,
    s.lost as lost,
    s.at_risk as at_risk,
    s.open_share as open_share,
    coalesce(lag(maybe(s.open_share)) over (partition by s.series_no, s.segment order by s.age), 1e0) as open_before
  from staying s
),
incidences as (
  select
    s.series_no as series_no,
    s.segment as segment,
    s.age as age,
    s.leaving as leaving,
    s.reached as reached,
    s.lost as lost,
    s.at_risk as at_risk,
    s.open_share as open_share,
    s.open_before as open_before,
    sum(s.open_before * safe_ratio(s.reached, s.at_risk)) over w as incidence,
    sum(s.open_before * safe_ratio(s.lost, s.at_risk)) over w as loss_incidence
  from steps s
  window w as (partition by s.series_no, s.segment order by s.age)
),
terms as (
  select
    i.series_no as series_no,
    i.segment as segment,
    i.age as age,
    i.leaving as leaving,
    i.reached as reached,
    i.lost as lost,
    i.at_risk as at_risk,
    i.open_share as open_share,
    i.incidence as incidence,
    i.loss_incidence as loss_incidence,
    coalesce(safe_ratio(i.reached + i.lost, i.at_risk::double * (i.at_risk - i.reached - i.lost)), 0e0) as term_a,
    i.open_before * i.open_before * safe_ratio(i.reached::double * (i.at_risk - i.reached), i.at_risk::double * i.at_risk * i.at_risk) as term_b,
    i.open_before * safe_ratio(i.reached, i.at_risk::double * i.at_risk) as term_c
  from incidences i
)
select
  t.series_no as series_no,
  t.segment as segment,
  t.age as age,
  t.at_risk as at_risk,
  t.reached as reached,
  t.lost as lost,
  t.leaving - t.reached - t.lost as censored,
  t.open_share as open_share,
  t.incidence as incidence,
  t.loss_incidence as loss_incidence,
  sum(t.term_a) over w as sum_a,
  sum(t.term_a * t.incidence) over w as sum_af,
  sum(t.term_a * t.incidence * t.incidence) over w as sum_aff,
  sum(t.term_b) over w as sum_b,
  sum(t.term_c) over w as sum_c,
  sum(t.term_c * t.incidence) over w as sum_cf
from terms t
window w as (partition by t.series_no, t.segment order by t.age)
