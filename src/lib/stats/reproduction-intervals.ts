import { ratioInterval } from './poisson-bootstrap.ts';

/** Buyers who brought as many others, and the interval that is filled. */
export type Bringing = {
  readonly brought: number;
  readonly people: number;
  readonly k_low: number | null;
  readonly k_high: number | null;
};

/** Completes each row with the 95 % interval of K, that is of brought per buyer: see `ratioInterval`. */
export function reproductionIntervals<Row extends Bringing>(rows: readonly Row[]): Row[] {
  const interval = ratioInterval(rows.map(({ people, brought }) => ({ people, above: brought, below: 1 })));
  return rows.map((row) => ({ ...row, k_low: interval?.low ?? null, k_high: interval?.high ?? null }));
}
