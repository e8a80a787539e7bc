import { discoveries, newcombeP } from './significance.ts';

/** A value of a segment beside all others: what is compared, and the columns that are filled. */
export type Contrast = {
  readonly compared_hits: number;
  readonly compared_base: number;
  readonly rest_hits: number;
  readonly rest_base: number;
  readonly p: number | null;
  readonly verdict: string;
};

/** Share of false alarms among the alarms of one table. */
export const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Completes the values that have enough to compare with the p value of their difference to the rest (that of Newcombe's
 * interval) and says which are more_than_noise, over all of them (Benjamini & Hochberg 1995). The others keep their verdict
 * and are no part of that family.
 */
export function segmentVerdicts<Row extends Contrast>(rows: readonly Row[]): Row[] {
  return calledTogether(rows, (row) =>
    row.verdict === 'within_noise'
      ? newcombeP(
          { hits: row.compared_hits, base: row.compared_base },
          { hits: row.rest_hits, base: row.rest_base },
        )
      : null,
  );
}

/** Rows with their p values, and the verdict over all that have one; the others keep theirs. */
export function calledTogether<Row extends { readonly p: number | null; readonly verdict: string | null }>(
  rows: readonly Row[],
  pOf: (row: Row) => number | null,
): Row[] {
  const judged = rows.map((row) => ({ ...row, p: pOf(row) }));
  const found = discoveries(
    judged.flatMap(({ p }) => (p === null ? [] : [p])),
    FALSE_DISCOVERY_RATE,
  ).values();
  return judged.map((row) =>
    row.p === null ? row : { ...row, verdict: found.next().value ? 'more_than_noise' : 'within_noise' },
  );
}
