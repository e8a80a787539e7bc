import { isPersonalHeader } from '#lib/exports/personal-header.ts';
import { calledTogether } from './segment-verdicts.ts';
import { pOfZ } from './significance.ts';

/** A value of an attribute, and the columns that are filled. */
export type Driver = {
  readonly field: string;
  readonly z: number;
  readonly p: number | null;
  readonly verdict: string;
};

/**
 * Completes the values that have enough to compare with the p value of their odds ratio and says which are more_than_noise,
 * over all of them. Attributes whose name says that they point at people are left out.
 */
export function driverVerdicts<Row extends Driver>(rows: readonly Row[]): Row[] {
  return calledTogether(
    rows.filter(({ field }) => !isPersonalHeader(field)),
    ({ verdict, z }) => (verdict === 'too_few' ? null : pOfZ(z, null)),
  );
}
