import { expect, test } from 'vitest';
import { alive, expectedTransactions } from '#lib/stats/bg-nbd.ts';
import { clientsWorth } from '#lib/stats/clients-worth.ts';
import type { Worth } from '#lib/stats/clients-worth.ts';
import { expectedValue } from '#lib/stats/gamma-gamma.ts';
import { valueModels } from '#lib/stats/value-models.ts';
import { chances, gamma } from './shoppers.ts';

const buying = { r: 0.8, alpha: 5, a: 0.8, b: 2.5 };
const spending = { p: 6, q: 4, v: 150 };
const YEAR = 365 / 7;

type Simulated = Worth & { readonly bought: number; readonly spent: number };

/** Clients who buy and spend as the models say, and what they do in the year after they are looked at. */
function simulated(seed: number, people: number): Simulated[] {
  const chance = chances(seed);
  return Array.from({ length: people }, () => {
    const rate = gamma(chance, buying.r) / buying.alpha;
    const [lost, kept] = [gamma(chance, buying.a), gamma(chance, buying.b)];
    const price = gamma(chance, spending.q) / spending.v;
    const age = 104 * (1 - chance() / 2);
    let [x, recency, paid, bought, spent] = [0, 0, 0, 0, 0];
    for (let now = 0, isAlive = true; isAlive; isAlive = chance() >= lost / (lost + kept)) {
      now -= Math.log(1 - chance()) / rate;
      if (!(now < age + YEAR)) break;
      const amount = gamma(chance, spending.p) / price;
      if (now < age) [x, recency, paid] = [x + 1, now, paid + amount];
      else [bought, spent] = [bought + 1, spent + amount];
    }
    const repeat_mean = x > 0 ? paid / x : null;
    return { ...blank, orders: x + 1, recency, age, repeat_mean, bought, spent };
  });
}

const blank: Worth = {
  row_no: 1,
  all_rows: 1,
  orders: 1,
  recency: 0,
  age: 0,
  repeat_mean: null,
  alive: null,
  expected_orders: null,
  orders_low: null,
  orders_high: null,
  expected_value: null,
  value_low: null,
  value_high: null,
  reason: null,
};

function fittedTo(clients: readonly Worth[]) {
  const back = clients
    .filter(({ repeat_mean }) => repeat_mean !== null)
    .toSorted((one, other) => one.orders - other.orders);
  return valueModels({
    buying_histories: {
      x: Float64Array.from(clients, ({ orders }) => orders - 1),
      t_x: Float64Array.from(clients, ({ recency }) => recency),
      age: Float64Array.from(clients, ({ age }) => age),
      people: Float64Array.from(clients, () => 1),
    },
    repeat_means: {
      x: Float64Array.from(back, ({ orders }) => orders - 1),
      mean_value: Float64Array.from(back, ({ repeat_mean }) => repeat_mean ?? 0),
    },
  });
}

const asked = { unit: 'week', limit: 100_000, offset: 0 };
const sum = <T>(rows: readonly T[], of: (row: T) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

test('what simulated clients bring in the year after is what was expected of them, all together and group by group', () => {
  const clients = simulated(3, 12_000);
  const rows = clientsWorth(clients, asked, fittedTo(clients));
  for (const group of [rows, rows.slice(0, 3_000), rows.filter(({ orders }) => orders === 1)]) {
    const orders = sum(group, ({ expected_orders }) => expected_orders ?? NaN);
    expect(Math.abs(sum(group, ({ bought }) => bought) / orders - 1)).toBeLessThan(0.06);
    const value = sum(group, ({ expected_value }) => Number(expected_value ?? NaN));
    expect(Math.abs(sum(group, ({ spent }) => spent) / value - 1)).toBeLessThan(0.08);
  }
});

test('intervals hold what the true parameters would expect of a client in most firms', () => {
  const held = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) => {
    const clients = simulated(seed, 2_000);
    return clientsWorth(clients, { ...asked, limit: 3, offset: 400 }, fittedTo(clients)).map((row) => {
      const history = { x: row.orders - 1, recency: row.recency, age: row.age };
      const orders = expectedTransactions(buying, history, YEAR);
      const value = orders * (expectedValue(spending, history.x, row.repeat_mean ?? 0) ?? NaN);
      expect(Math.abs((row.alive ?? NaN) - alive(buying, history))).toBeLessThan(0.1);
      return (
        orders >= (row.orders_low ?? NaN) &&
        orders <= (row.orders_high ?? NaN) &&
        value >= Number(row.value_low) &&
        value <= Number(row.value_high)
      );
    });
  });
  expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(19);
});

test('pages go on where the one before ended, those who may bring most first', () => {
  const clients = simulated(5, 1_500);
  const fit = fittedTo(clients);
  const all = clientsWorth(clients, { ...asked, limit: 30 }, fit);
  const second = clientsWorth(clients, { ...asked, limit: 20, offset: 10 }, fit);
  expect(second).toEqual(all.slice(10));
  const values = all.map(({ expected_value }) => Number(expected_value));
  expect(values).toEqual(values.toSorted((one, other) => other - one));
  expect(all.map(({ row_no }) => row_no)).toEqual(all.map((_, at) => at + 1));
});

test('without a fit clients are told with the reason, and nothing is expected of anybody', () => {
  const clients = simulated(6, 60);
  const rows = clientsWorth(clients, asked, fittedTo(clients));
  expect(rows).toHaveLength(60);
  for (const row of rows)
    expect(row).toMatchObject({
      reason: 'too_few',
      alive: null,
      expected_orders: null,
      expected_value: null,
    });
});
