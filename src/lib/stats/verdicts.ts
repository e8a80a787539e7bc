import { discoveries, newcombeP, pOfZ, quantileOf95 } from './significance.ts';

/** The columns of a comparison that a verdict needs and fills. Domain: "More than noise". */
export type Comparison = {
  readonly method: string | null;
  readonly reference: number | null;
  readonly change: number | null;
  readonly hits: number | null;
  readonly base: number | null;
  readonly reference_hits: number | null;
  readonly reference_base: number | null;
  readonly spread: number | null;
  readonly z: number | null;
  readonly df: number | null;
  readonly ratio_change: number | null;
  readonly ratio_low: number | null;
  readonly ratio_high: number | null;
  readonly p: number | null;
  readonly verdict: string | null;
};

/** Share of false alarms among the alarms of one view. */
const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Completes comparisons with their p value, the 95 % interval of the relative change, and the verdict
 * more_than_noise or within_noise. Rows that already carry a verdict (too_few, too_early, gap) keep it and are no part
 * of the family that the false discovery rate is controlled over.
 */
export function verdicts<Row extends Comparison>(rows: readonly Row[]): Row[] {
  const judged = rows.map((row) => ({ ...row, ...relativeInterval(row), p: row.verdict ? null : pOf(row) }));
  const family = judged.flatMap((row) => (row.p === null ? [] : [row.p]));
  const found = discoveries(family, FALSE_DISCOVERY_RATE).values();
  return judged.map((row) =>
    row.p === null ? row : { ...row, verdict: found.next().value ? 'more_than_noise' : 'within_noise' },
  );
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
  const reach = quantileOf95(row.df) * spread;
  return row.method === 'log_ratio'
    ? {
        ratio_low: (1 + ratio_change) * Math.exp(-reach) - 1,
        ratio_high: (1 + ratio_change) * Math.exp(reach) - 1,
      }
    : { ratio_low: Math.max((change - reach) / reference, -1), ratio_high: (change + reach) / reference };
}
