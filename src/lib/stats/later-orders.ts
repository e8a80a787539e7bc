import { bgNbdOf, expectedTransactions } from './bg-nbd.ts';
import { DAYS, fitOfBacks } from './value-models.ts';
import type { Columns } from './columns.ts';

/** The columns of holdout_expectations that the fit needs and those that it fills. */
export type Later = {
  readonly times_back: number;
  readonly clients: number;
  readonly expected_orders: number | null;
  readonly expected_per_client: number | null;
  readonly reason: string | null;
};

type Asked = { readonly unit: string; readonly until: string; readonly as_of: string };

const DAY = 86_400_000;
/** Who came back so often or oftener are one group. */
const OFTEN = 7;

/**
 * Completes groups of clients who came back equally often with the transactions that BG/NBD expects of them from the day after
 * `until` to `as_of`, given the history of each (Fader, Hardie & Lee 2005, equation 10). `fed`: the columns of buying_histories
 * up to `until`. Without a fit nothing is expected, and the reason stands in every row.
 */
export function laterOrders<Row extends Later>(
  rows: readonly Row[],
  { unit, until, as_of }: Asked,
  fed: { readonly buying_histories: Columns },
): Row[] {
  const { found, reason } = fitOfBacks(fed.buying_histories);
  if (found === null) return rows.map((row) => ({ ...row, reason }));
  const time = Math.max((Date.parse(as_of) - Date.parse(until)) / DAY, 0) / (DAYS[unit] ?? NaN);
  const model = bgNbdOf(found.logs);
  const { x = [], t_x, age, people } = fed.buying_histories;
  const sums = new Map<number, number>();
  for (const [at, times] of x.entries()) {
    const history = { x: times, recency: t_x?.[at] ?? 0, age: age?.[at] ?? 0 };
    const group = Math.min(times, OFTEN);
    const expected = (people?.[at] ?? 0) * expectedTransactions(model, history, time);
    sums.set(group, (sums.get(group) ?? 0) + expected);
  }
  return rows.map((row) => {
    const expected = sums.get(row.times_back) ?? 0;
    return { ...row, expected_orders: expected, expected_per_client: expected / row.clients };
  });
}
