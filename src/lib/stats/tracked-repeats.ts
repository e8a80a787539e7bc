import { bgNbdOf, expectedOfNew } from './bg-nbd.ts';
import { DAYS, fitOfBacks } from './value-models.ts';
import type { Columns } from './columns.ts';

/** The columns of holdout_tracking that the fit needs and those that it fills. */
export type Tracked = {
  readonly days_after: number;
  readonly expected_orders: number | null;
  readonly all_expected_orders: number | null;
  readonly reason: string | null;
};

/**
 * Completes periods, in their order, with the repeat transactions that BG/NBD expects in each and up to its end: the sum over
 * clients of what is expected of somebody new in the time since the first transaction (Fader, Hardie & Lee 2005, equation 9).
 * `fed`: the columns of buying_histories up to the day that `days_after` counts from. Without a fit nothing is expected, and the
 * reason stands in every row.
 */
export function trackedRepeats<Row extends Tracked>(
  rows: readonly Row[],
  { unit }: { readonly unit: string },
  fed: { readonly buying_histories: Columns },
): Row[] {
  const { found, reason } = fitOfBacks(fed.buying_histories);
  if (found === null) return rows.map((row) => ({ ...row, reason }));
  const days = DAYS[unit] ?? NaN;
  const model = bgNbdOf(found.logs);
  const known = peopleByAge(fed.buying_histories, days);
  const expectedAfter = remembered((age: number) => expectedOfNew(model, age / days));
  const upTo = (daysAfter: number) => {
    let sum = 0;
    for (const [age, people] of known)
      if (age + daysAfter > 0) sum += people * expectedAfter(age + daysAfter);
    return sum;
  };
  let before = 0;
  return rows.map((row) => {
    const all = upTo(row.days_after);
    const own = all - before;
    before = all;
    return { ...row, expected_orders: own, all_expected_orders: all };
  });
}

/** How many clients are known for so many days. */
function peopleByAge({ age, people }: Columns, days: number): Map<number, number> {
  const known = new Map<number, number>();
  for (const [at, units] of (age ?? []).entries()) {
    const inDays = Math.round(units * days);
    known.set(inDays, (known.get(inDays) ?? 0) + (people?.[at] ?? 0));
  }
  return known;
}

function remembered(reckon: (given: number) => number): (given: number) => number {
  const known = new Map<number, number>();
  return (given) => {
    const value = known.get(given) ?? reckon(given);
    known.set(given, value);
    return value;
  };
}
