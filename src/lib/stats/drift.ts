import { pOfZ } from './significance.ts';

/** The columns of past forecasts that the test of drift needs and fills. */
export type Drifting = {
  readonly dispersion: number | null;
  readonly drift_dates: number | null;
  readonly drift_t: number | null;
  readonly drift_p: number | null;
  readonly verdict: string;
};

/** Forecasts that err to one side with less than this probability have drifted. */
const LEVEL = 0.01;
/** Errors of more than this many times the stated variance tell of a process that changes. */
const MOST_DISPERSION = 2;

/**
 * Completes rows of past forecasts with the p value of their drift, and says `drift` where they err to one side, or far more than
 * they stated. What is too few to tell stays so.
 */
export function drift<Row extends Drifting>(rows: readonly Row[]): Row[] {
  return rows.map((row) => {
    if (row.drift_t === null || row.drift_dates === null) return row;
    const p = pOfZ(row.drift_t, row.drift_dates - 1);
    const hasDrifted = p < LEVEL || (row.dispersion ?? 0) > MOST_DISPERSION;
    return { ...row, drift_p: p, verdict: row.verdict === 'steady' && hasDrifted ? 'drift' : row.verdict };
  });
}
