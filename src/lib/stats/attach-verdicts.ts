import { calledTogether } from './segment-verdicts.ts';
import { pOfZ } from './significance.ts';

/** Two things that may be bought together, and the columns that are filled. */
export type Pair = { readonly z: number | null; readonly p: number | null; readonly verdict: string };

/** Completes the pairs that have enough to compare with the p value of their lift and says which are more_than_noise, over all of them. */
export function attachVerdicts<Row extends Pair>(rows: readonly Row[]): Row[] {
  return calledTogether(rows, ({ z }) => (z === null ? null : pOfZ(z, null)));
}
