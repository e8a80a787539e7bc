import { calledTogether } from './segment-verdicts.ts';
import { newcombeP, pOfZ, upperQuantile } from './significance.ts';

/** An effect of a change: what it is judged by, and the columns that are filled. Amounts are decimals as numbers. */
export type Effect = {
  readonly effect: string;
  readonly hits_before: number | null;
  readonly base_before: number | null;
  readonly hits_after: number | null;
  readonly base_after: number | null;
  readonly amount: string;
  readonly amount_low: number | null;
  readonly amount_high: number | null;
  readonly spread: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly verdict: string;
  readonly called_no: number | null;
};

/**
 * Completes the effects of a change with their p values, the 95 % intervals of those that have a spread, the verdict over all
 * rows together (Benjamini & Hochberg 1995) and the place among those that are called, the largest first (ties: the
 * one that chance explains less). Rows that already carry another verdict than within_noise keep it and are no part of the family.
 */
export function changeVerdicts<Row extends Effect>(rows: readonly Row[]): Row[] {
  const judged = calledTogether(
    rows.map((row) => ({ ...row, ...interval(row) })),
    (row) => (row.verdict === 'within_noise' ? pOf(row) : null),
  );
  const called = judged
    .filter(({ verdict }) => verdict === 'more_than_noise')
    .sort((a, b) => Math.abs(Number(b.amount)) - Math.abs(Number(a.amount)) || (a.p ?? 1) - (b.p ?? 1));
  return judged.map((row) => ({ ...row, called_no: called.includes(row) ? called.indexOf(row) + 1 : null }));
}

function pOf({
  amount,
  spread,
  df,
  hits_after,
  base_after,
  hits_before,
  base_before,
}: Effect): number | null {
  if (spread !== null) return spread > 0 ? pOfZ(Number(amount) / spread, df) : null;
  if (!base_after || !base_before || hits_after === null || hits_before === null) return null;
  return newcombeP({ hits: hits_after, base: base_after }, { hits: hits_before, base: base_before });
}

function interval({
  amount,
  amount_low,
  amount_high,
  spread,
  df,
}: Effect): Pick<Effect, 'amount_low' | 'amount_high'> {
  if (spread === null) return { amount_low, amount_high };
  const reach = upperQuantile(0.025, df) * spread;
  return { amount_low: Number(amount) - reach, amount_high: Number(amount) + reach };
}
