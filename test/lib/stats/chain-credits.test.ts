import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allotted } from '#lib/stats/allotted.ts';
import { chainCredits } from '#lib/stats/chain-credits.ts';

type Path = {
  readonly channels: readonly number[];
  readonly people: number;
  readonly orders: number;
  readonly cents: number;
};

const methods = ['markov_1', 'markov_2', 'shapley'];
const CHANNELS = 6;
/** A channel that nobody was touched by. */
const NEVER = 9;

const somePaths = fc.array(
  fc
    .record({
      channels: fc.oneof(
        fc.array(fc.integer({ min: 1, max: CHANNELS }), { minLength: 1, maxLength: 7 }),
        fc.constant<number[]>([0]),
      ),
      orders: fc.nat(30),
      others: fc.nat(90),
      cents: fc.integer({ min: -50_000, max: 9_000_000 }),
    })
    .map(({ channels, orders, others, cents }) => ({
      channels,
      orders,
      people: orders + others,
      cents: orders === 0 ? 0 : cents,
    })),
  { maxLength: 14 },
);

function fed(paths: readonly Path[]) {
  const steps = paths.flatMap(({ channels, people, orders, cents }, at) =>
    channels.map((channel) => [at + 1, channel, people, orders, cents / 100]),
  );
  const column = (at: number) => Float64Array.from(steps, (step) => step[at] ?? NaN);
  return {
    attribution_steps: {
      path_no: column(0),
      channel_no: column(1),
      people: column(2),
      orders: column(3),
      amount: column(4),
    },
  };
}

function creditsOf(paths: readonly Path[]) {
  const orders = paths.reduce((sum, path) => sum + path.orders, 0);
  const rows = methods.flatMap((method) =>
    [0, NEVER, ...Array.from({ length: CHANNELS }, (_, at) => at + 1)].map((channel_no) => ({
      method,
      channel_no,
      all_orders: orders,
      orders: '0',
      amount: '0',
      share: null,
      removal_effect: null,
    })),
  );
  return chainCredits(rows, {}, fed(paths));
}

const cents = (money: string) => Math.round(Number(money) * 100);

test('credits sum to all orders and to all money, to the last cent, on random paths, those without a channel beside', () => {
  fc.assert(
    fc.property(somePaths, (paths) => {
      const rows = creditsOf(paths);
      for (const method of methods) {
        const of = rows.filter((row) => row.method === method);
        const sum = (what: 'orders' | 'amount') => of.reduce((total, row) => total + cents(row[what]), 0);
        expect(sum('orders')).toBe(100 * paths.reduce((total, path) => total + path.orders, 0));
        expect(sum('amount')).toBe(paths.reduce((total, path) => total + path.cents, 0));
        const none = of.find((row) => row.channel_no === 0);
        const untouched = paths.filter(({ channels }) => channels[0] === 0);
        expect(cents(none?.amount ?? '')).toBe(untouched.reduce((total, path) => total + path.cents, 0));
      }
    }),
    { seed: 8, numRuns: 400 },
  );
});

test('a channel that touched nobody is credited with nothing, two that stand in each other’s place alike but for a cent', () => {
  fc.assert(
    fc.property(somePaths, (paths) => {
      const twin = (channel: number) => (channel === 1 ? 2 : channel === 2 ? 1 : channel);
      const mirrored = paths.map((path) => ({ ...path, channels: path.channels.map(twin) }));
      const rows = creditsOf([...paths, ...mirrored]);
      for (const method of methods) {
        const of = (channel: number) =>
          rows.find((row) => row.method === method && row.channel_no === channel);
        expect([of(NEVER)?.orders, of(NEVER)?.amount]).toEqual(['0.00', '0.00']);
        expect(Math.abs(cents(of(1)?.orders ?? '') - cents(of(2)?.orders ?? ''))).toBeLessThanOrEqual(1);
        expect(Math.abs(cents(of(1)?.amount ?? '') - cents(of(2)?.amount ?? ''))).toBeLessThanOrEqual(1);
      }
    }),
    { seed: 8, numRuns: 400 },
  );
});

test('what is left of rounding goes to the largest remainders, of equal ones to the first', () => {
  expect(allotted(100, [33.4, 33.3, 33.3])).toEqual([34, 33, 33]);
  expect(allotted(100, [100 / 3, 100 / 3, 100 / 3])).toEqual([34, 33, 33]);
  expect(allotted(-100, [-33.5, -33.25, -33.25])).toEqual([-34, -33, -33]);
  expect(allotted(0, [])).toEqual([]);
});
