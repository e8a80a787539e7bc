import { chiSquareTail } from './chi-square.ts';
import { discoveries } from './significance.ts';

/** The columns of a comparison of segments that its tests need and fill. */
export type Tested = {
  readonly chi_square: number | null;
  readonly p: number | null;
  readonly verdict: string | null;
  readonly all_chi_square: number | null;
  readonly all_degrees: number | null;
  readonly all_p: number | null;
};

/** Share of false alarms among the segments that are said to differ. */
const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Completes the log-rank tests of segments with their p values and verdicts. A segment that already has a verdict keeps it
 * and is no part of the family; one without a test has none.
 */
export function logRank<Row extends Tested>(rows: readonly Row[]): Row[] {
  const judged = rows.map((row) => ({
    ...row,
    p: row.chi_square === null ? null : chiSquareTail(row.chi_square, 1),
    all_p:
      row.all_chi_square === null || row.all_degrees === null
        ? null
        : chiSquareTail(row.all_chi_square, row.all_degrees),
  }));
  const family = judged.filter(({ p, verdict }) => p !== null && verdict === null);
  const found = discoveries(
    family.map(({ p }) => p ?? 1),
    FALSE_DISCOVERY_RATE,
  );
  const differing = new Set(family.filter((_, at) => found[at]));
  return judged.map((row) =>
    family.includes(row) ? { ...row, verdict: differing.has(row) ? 'differs' : 'within_noise' } : row,
  );
}
