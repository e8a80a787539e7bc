import { upperQuantile } from './significance.ts';

/** A mean of money with its standard error, of `base` units. Money as decimal text. */
export type Mean = {
  readonly base: number;
  readonly per_unit: string | null;
  readonly per_unit_error: number | null;
  readonly per_unit_low: string | null;
  readonly per_unit_high: string | null;
};

/**
 * Completes means with their 95 % interval by Student's t with base − 1 degrees of freedom (Student 1908, Biometrika 6:1);
 * its lower end is never below 0. No interval without a standard error.
 */
export function meanIntervals<Row extends Mean>(rows: readonly Row[]): Row[] {
  const quantiles = new Map<number, number>();
  const quantile = (df: number) => {
    const known = quantiles.get(df) ?? upperQuantile(0.025, df);
    quantiles.set(df, known);
    return known;
  };
  return rows.map((row) => {
    if (row.per_unit === null || row.per_unit_error === null) return row;
    const reach = quantile(row.base - 1) * row.per_unit_error;
    return {
      ...row,
      per_unit_low: Math.max(0, Number(row.per_unit) - reach).toFixed(2),
      per_unit_high: (Number(row.per_unit) + reach).toFixed(2),
    };
  });
}
