import { discoveries, pOfZ } from './significance.ts';

/** The columns of cohorts that their comparison with earlier ones of the same age needs and fills. */
export type AtOwnAge = {
  readonly z: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly verdict: string;
};

/** Share of false alarms among the cohorts that are called ahead or behind. */
const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Completes cohorts with the p value of their difference to earlier ones, and calls them ahead, behind or within_noise. A cohort
 * that already has a verdict keeps it and is no part of the family that the false discovery rate is controlled over.
 */
export function ownAge<Row extends AtOwnAge>(rows: readonly Row[]): Row[] {
  const judged = rows.map((row) =>
    row.verdict === '' && row.z !== null ? { ...row, p: pOfZ(row.z, row.df) } : row,
  );
  const found = discoveries(
    judged.flatMap(({ p }) => (p === null ? [] : [p])),
    FALSE_DISCOVERY_RATE,
  ).values();
  return judged.map((row) =>
    row.p === null ? row : { ...row, verdict: called(row.z ?? 0, found.next().value === true) },
  );
}

function called(z: number, isDiscovery: boolean): string {
  if (!isDiscovery) return 'within_noise';
  return z > 0 ? 'ahead' : 'behind';
}
