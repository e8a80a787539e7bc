import { ratioInterval } from './poisson-bootstrap.ts';

/** What some referrers brought and cost, together (`first`, `whole`) or each of as many who are alike (`…_referrers`). */
export type Returned = {
  readonly scope: string;
  readonly referrers: number;
  readonly gain: string;
  readonly cost: string;
  readonly return_low: number | null;
  readonly return_high: number | null;
};

const EACH = '_referrers';

/** Completes both scopes with the 95 % interval of gain ÷ cost over referrers, whose rows are left out: see `ratioInterval`. */
export function returnIntervals<Row extends Returned>(rows: readonly Row[]): Row[] {
  return rows
    .filter(({ scope }) => !scope.endsWith(EACH))
    .map((row) => {
      const alike = rows.filter(({ scope }) => scope === `${row.scope}${EACH}`);
      const interval = ratioInterval(
        alike.map(({ referrers, gain, cost }) => ({
          people: referrers,
          above: Number(gain),
          below: Number(cost),
        })),
      );
      return { ...row, return_low: interval?.low ?? null, return_high: interval?.high ?? null };
    });
}
