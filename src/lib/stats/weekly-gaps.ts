import type { Series } from './change-panel.ts';
import { mean } from './mean.ts';
import { syntheticWeights } from './synthetic-weights.ts';

/** What a weekly series is compared with. */
export type Comparison = 'other_stores' | 'synthetic' | 'last_year' | 'before_after';

/** A series less what it is compared with, week by week, before and after. */
export type Gaps = { readonly before: readonly number[]; readonly after: readonly number[] };

const YEAR = 52;

/** The weeks, in order, in which a series and all that it is compared with are known. */
export function comparedWeeks(method: Comparison, target: Series, donors: readonly Series[]): number[] {
  const isKnown = (week: number) => {
    if (method === 'before_after') return true;
    return method === 'last_year' ? target.has(week - YEAR) : donors.every((donor) => donor.has(week));
  };
  return [...target.keys()].filter(isKnown).toSorted((a, b) => a - b);
}

/**
 * What the series is above what it is compared with. The weights of a synthetic control are found in the weeks before, of what is left
 * when each store's own mean of these weeks is taken off (Doudchenko & Imbens 2016, NBER working paper 22791).
 */
export function weeklyGaps(
  method: Comparison,
  target: Series,
  donors: readonly Series[],
  weeks: { readonly before: readonly number[]; readonly after: readonly number[] },
): Gaps {
  const compared = comparison(method, target, donors, weeks.before);
  const gap = (week: number) => (target.get(week) ?? NaN) - compared(week);
  return { before: weeks.before.map(gap), after: weeks.after.map(gap) };
}

function comparison(
  method: Comparison,
  target: Series,
  donors: readonly Series[],
  before: readonly number[],
): (week: number) => number {
  const of = (series: Series) => (week: number) => series.get(week) ?? NaN;
  if (method === 'before_after') return () => 0;
  if (method === 'last_year') return (week) => of(target)(week - YEAR);
  if (method === 'other_stores') return (week) => mean(donors.map((donor) => of(donor)(week)));
  const left = (series: Series) => {
    const values = before.map(of(series));
    const own = mean(values);
    return values.map((value) => value - own);
  };
  const weights = syntheticWeights(left(target), donors.map(left));
  return (week) => weights.reduce((sum, weight, at) => sum + weight * (donors[at]?.get(week) ?? NaN), 0);
}
