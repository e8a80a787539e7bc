import { alive, bgNbdOf, expectedTransactions } from './bg-nbd.ts';
import type { History } from './bg-nbd.ts';
import { expectedValue, gammaGammaOf } from './gamma-gamma.ts';
import type { Likeliest } from './maximum-likelihood.ts';
import { DAYS } from './value-models.ts';
import type { ValueModels } from './value-models.ts';

/** The columns of client_values that the fit needs and those that it fills. */
export type Worth = {
  readonly row_no: number;
  readonly all_rows: number;
  readonly orders: number;
  readonly recency: number;
  readonly age: number;
  readonly repeat_mean: number | null;
  readonly alive: number | null;
  readonly expected_orders: number | null;
  readonly orders_low: number | null;
  readonly orders_high: number | null;
  readonly expected_value: string | null;
  readonly value_low: string | null;
  readonly value_high: string | null;
  readonly reason: string | null;
};

type Asked = { readonly unit: string; readonly limit: number; readonly offset: number };

const DAYS_AHEAD = 365;
const NORMAL_97_5 = 1.959963984540054;
/** Step of the differences of a logarithm of what is expected, in logarithms of the parameters. */
const STEP = 1e-4;

/**
 * The page of clients that was asked for, those first who may bring most in the 365 days after, with what each may bring.
 * `rows`: clients, in an order that is kept among equals.
 * Intervals: delta method on the logarithm, from the covariance of the fits.
 */
export function clientsWorth<Row extends Worth>(
  rows: readonly Row[],
  { unit, limit, offset }: Asked,
  { backs: back, spendings: spent }: ValueModels,
): Row[] {
  const time = DAYS_AHEAD / (DAYS[unit] ?? NaN);
  const ordersOf = (row: Row) => (logs: readonly number[]) =>
    expectedTransactions(bgNbdOf(logs), historyOf(row), time);
  const told = rows.map((row) => {
    const orders = back.found && ordersOf(row)(back.found.logs);
    const each = spent.found && eachOf(row)(spent.found.logs);
    return { row, orders, each, value: orders === null || each === null ? null : orders * each };
  });
  const best = told.toSorted(
    (one, other) => (other.value ?? -1) - (one.value ?? -1) || (other.orders ?? -1) - (one.orders ?? -1),
  );
  return best.slice(offset, offset + limit).map(({ row, orders, each, value }, at) => {
    const known = { ...row, row_no: offset + at + 1, reason: back.reason ?? spent.reason };
    if (orders === null || back.found === null) return known;
    const ofOrders = spread(ordersOf(row), back.found);
    const ofEach = each === null || spent.found === null ? NaN : spread(eachOf(row), spent.found);
    const end = (side: number, variance: number) => Math.exp(side * NORMAL_97_5 * Math.sqrt(variance));
    const inMoney = (by: number) => (value === null ? null : (value * by).toFixed(2));
    return {
      ...known,
      alive: alive(bgNbdOf(back.found.logs), historyOf(row)),
      expected_orders: orders,
      orders_low: orders * end(-1, ofOrders),
      orders_high: orders * end(1, ofOrders),
      expected_value: inMoney(1),
      value_low: inMoney(end(-1, ofOrders + ofEach)),
      value_high: inMoney(end(1, ofOrders + ofEach)),
    };
  });
}

const historyOf = ({ orders, recency, age }: Worth): History => ({ x: orders - 1, recency, age });

/** What an order of a client is expected to be worth; whose repeat orders came to nothing is taken for somebody unknown. */
const eachOf = (row: Worth) => (logs: readonly number[]) => {
  const mean = row.repeat_mean ?? 0;
  return expectedValue(gammaGammaOf(logs), mean > 0 ? row.orders - 1 : 0, mean);
};

/** Variance of the logarithm of something positive that is reckoned from fitted parameters. */
function spread(value: (logs: readonly number[]) => number | null, { logs, covariance }: Likeliest): number {
  const slopes = logs.map((_, at) => {
    const moved = (by: number) => Math.log(value(logs.with(at, (logs[at] ?? 0) + by)) ?? NaN);
    return (moved(STEP) - moved(-STEP)) / (2 * STEP);
  });
  return slopes.reduce(
    (sum, slope, i) =>
      sum + slopes.reduce((part, other, j) => part + slope * other * (covariance[i]?.[j] ?? 0), 0),
    0,
  );
}
