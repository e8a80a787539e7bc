-- What a change did that nobody drew lots for: a script, a price list, a shop refitted, in one store from one day on.
-- Four answers, each on its own assumption, the first the strongest that the data allow: other_stores, the difference to the mean of the
-- other stores after the day less that before it (difference in differences, Card & Krueger 1994, American Economic Review 84:772);
-- synthetic, the same against that weighted mean of them which was nearest to the store before (Abadie, Diamond & Hainmueller 2010, JASA
-- 105:493); last_year, against the same weeks of the year before; before_after, against nothing, which also counts season and fashion.
-- Intervals are of the step in the weekly differences, each of which carries on some of the chance of the one before it (Box & Tiao 1975, JASA 70:70). A
-- placebo pretends the change: in each other store, and in every week before that leaves as many weeks on both sides; p is the share of
-- them that show as large an effect. None of this is an experiment: whatever else happened in that store at that time is in it.
-- grain: method
-- audience: owner, marketer
-- fed: store_weeks
-- finish: changeEffects
-- engine: duckdb, because its rows are finished by statistics; what these are fed is asked of both
-- param changed_store varchar: store in which something changed
-- param changed_on date: first day on which it was different
-- param measure varchar (leads | active | bought | signed) default bought: journeys begun, shares of them that came in or ordered, or money signed
-- param window_days bigint (0 .. 365) default 30: days in which a step counts
-- param weeks_before bigint (4 .. 156) default 78: weeks before
-- param weeks_after bigint (1 .. 52) default 26: weeks from that day on
-- param as_of date default as_of: nothing later than this day is counted
-- column method varchar not null: other_stores, synthetic, last_year or before_after
-- column measure varchar not null: what was asked for
-- column from_on date not null: first day that is looked at
-- column to_on date not null: last day that is looked at
-- column effect double: change of the weekly value that is laid to the change; null with a reason
-- column low double: lower end of its 95 % interval
-- column high double: upper end
-- column was_expected double: mean weekly value that was to be expected without the change
-- column came double: mean weekly value since
-- column weeks_before bigint: weeks that are compared, before
-- column weeks_after bigint: weeks since
-- column other_stores bigint: stores that it is compared with
-- column fit_error double: root mean square of the weekly differences before, after their mean is taken off
-- column placebos bigint: pretended changes
-- column as_large bigint: of them, with an effect as large or larger
-- column placebo_p double: (as_large + 1) / (placebos + 1)
-- column reason varchar: why there is no effect: too_few_weeks, no_other_store, no_last_year or no_such_store
with named as (
  select count(*)::bigint as journeys
  from begun_journeys j
  where j.store = $changed_store::varchar and j.began_on <= $as_of::date
)
select
  v.method::varchar as method,
  $measure::varchar as measure,
  add_days($changed_on::date, -7 * $weeks_before::bigint)::date as from_on,
  least(
    add_days($changed_on::date, 7 * $weeks_after::bigint - 1),
    add_days($as_of::date, case when $measure::varchar in ('active', 'bought') then -$window_days::bigint else 0 end)
  )::date as to_on,
  null::double as effect,
  null::double as low,
  null::double as high,
  null::double as was_expected,
  null::double as came,
  null::bigint as weeks_before,
  null::bigint as weeks_after,
  null::bigint as other_stores,
  null::double as fit_error,
  null::bigint as placebos,
  null::bigint as as_large,
  null::double as placebo_p,
  (case when n.journeys = 0 then 'no_such_store' end)::varchar as reason
from (values (1, 'other_stores'), (2, 'synthetic'), (3, 'last_year'), (4, 'before_after')) v(method_no, method)
cross join named n
order by v.method_no
