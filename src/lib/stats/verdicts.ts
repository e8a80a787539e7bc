import { detectableDrop, type Sensitivity } from './power.ts';
import { discoveries, newcombeP, pOfZ, upperQuantile } from './significance.ts';

/** The columns of a comparison that a verdict needs and fills. Domain: "More than noise". */
export type Comparison = Sensitivity & {
  readonly change: number | null;
  readonly hits: number | null;
  readonly spread: number | null;
  readonly z: number | null;
  readonly ratio_change: number | null;
  readonly ratio_low: number | null;
  readonly ratio_high: number | null;
  readonly p: number | null;
  readonly verdict: string | null;
  readonly detectable_drop: number | null;
  readonly drop_no: number | null;
};

/** Share of false alarms among the alarms of one view. */
const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Completes comparisons with their p value, the 95 % interval of the relative change, the verdict more_than_noise or
 * within_noise, the fall that would have been called, and the place among the falls that are. Rows that already carry a
 * verdict (too_few, too_early, gap, holiday) keep it and are no part of the family that the false discovery rate is
 * controlled over. A lone change in a family of n is called for certain at p ≤ rate / n: that is the level of the noticeable fall.
 */
export function verdicts<Row extends Comparison>(rows: readonly Row[]): Row[] {
  const judged = rows.map((row) => ({ ...row, ...relativeInterval(row), p: row.verdict ? null : pOf(row) }));
  const family = judged.flatMap((row) => (row.p === null ? [] : [row.p]));
  const found = discoveries(family, FALSE_DISCOVERY_RATE).values();
  const called = judged.map((row) =>
    row.p === null
      ? row
      : {
          ...row,
          verdict: found.next().value ? 'more_than_noise' : 'within_noise',
          detectable_drop: detectableDrop(row, FALSE_DISCOVERY_RATE / family.length),
        },
  );
  const falls = called
    .filter(({ verdict, ratio_change }) => verdict === 'more_than_noise' && (ratio_change ?? 0) < 0)
    .sort((a, b) => (a.p ?? 1) - (b.p ?? 1) || (a.ratio_change ?? 0) - (b.ratio_change ?? 0));
  return called.map((row) => ({ ...row, drop_no: falls.includes(row) ? falls.indexOf(row) + 1 : null }));
}

function pOf(row: Comparison): number | null {
  if (row.method === 'newcombe') {
    if (!row.base || !row.reference_base || row.hits === null || row.reference_hits === null) return null;
    return newcombeP(
      { hits: row.hits, base: row.base },
      { hits: row.reference_hits, base: row.reference_base },
    );
  }
  return row.z === null ? null : pOfZ(row.z, row.df);
}

function relativeInterval(row: Comparison): Pick<Comparison, 'ratio_low' | 'ratio_high'> {
  const { reference, change, ratio_change, spread } = row;
  if (row.method === 'newcombe' || !reference || change === null || ratio_change === null || spread === null)
    return { ratio_low: row.ratio_low, ratio_high: row.ratio_high };
  const reach = upperQuantile(0.025, row.df) * spread;
  return row.method === 'log_ratio'
    ? {
        ratio_low: (1 + ratio_change) * Math.exp(-reach) - 1,
        ratio_high: (1 + ratio_change) * Math.exp(reach) - 1,
      }
    : { ratio_low: Math.max((change - reach) / reference, -1), ratio_high: (change + reach) / reference };
}
