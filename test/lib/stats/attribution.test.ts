import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markovCredits } from '#lib/stats/markov-credits.ts';
import type { ChainOrder } from '#lib/stats/markov-credits.ts';
import { shapleyCredits } from '#lib/stats/shapley-credits.ts';
import { channelsOf } from '#lib/stats/touch-paths.ts';
import type { Channel, Credit, TouchPath } from '#lib/stats/touch-paths.ts';

const orders: readonly ChainOrder[] = [1, 2];

const path = (names: string, people: number, buyers: number, worth = buyers): TouchPath => ({
  channels: names === '' ? [] : names.split(' '),
  people,
  buyers,
  worth,
});

const asRecord = (credits: readonly Credit[]) =>
  Object.fromEntries(credits.map(({ channel, credit }) => [String(channel), credit]));

const sumOf = (credits: readonly Credit[]) => credits.reduce((sum, { credit }) => sum + credit, 0);

/** Every way of dividing, the worth of a path in order, so that each promise can be asked of all of them. */
const ways = [
  { name: 'Markov of order 1', credits: (paths: readonly TouchPath[]) => markovCredits(paths, 1) },
  { name: 'Markov of order 2', credits: (paths: readonly TouchPath[]) => markovCredits(paths, 2) },
  { name: 'Shapley', credits: shapleyCredits },
];

const somePaths = fc.array(
  fc
    .record({
      channels: fc.array(fc.constantFrom<Channel>('fair', 'leaflet', 'referral', 'search', null), {
        minLength: 1,
        maxLength: 6,
      }),
      buyers: fc.nat(40),
      others: fc.nat(200),
      ticket: fc.integer({ min: 1, max: 20_000 }),
    })
    .map(({ channels, buyers, others, ticket }) => ({
      channels,
      buyers,
      people: buyers + others,
      worth: buyers * ticket,
    })),
  { minLength: 1, maxLength: 12 },
);

/** The chance to buy, found by stepping through the chain of order 1 until nobody is left in it. */
function chanceWithout(paths: readonly TouchPath[], removed: Channel | undefined): number {
  const flows = new Map<string, Map<string, number>>();
  const go = (from: string, to: string, people: number) => {
    const row = flows.get(from) ?? new Map<string, number>();
    flows.set(from, row.set(to, (row.get(to) ?? 0) + people));
  };
  for (const { channels, people, buyers } of paths.filter((one) => one.people > 0)) {
    const states = ['start', ...channels.map((channel) => `at ${String(channel)}`)];
    for (const [at, state] of states.entries()) {
      const next = states[at + 1];
      if (next !== undefined) go(state, next, people);
      else {
        go(state, 'bought', buyers);
        go(state, 'lost', people - buyers);
      }
    }
  }
  let here = new Map([['start', 1]]);
  let bought = 0;
  for (let step = 0; step < 200_000 && here.size > 0; step += 1) {
    const next = new Map<string, number>();
    for (const [state, chance] of here) {
      const row = flows.get(state) ?? new Map<string, number>();
      const leaving = [...row.values()].reduce((sum, people) => sum + people, 0);
      for (const [to, people] of row) {
        const share = (chance * people) / leaving;
        if (to === 'bought') bought += share;
        else if (to !== 'lost' && share > 1e-15 && !(removed !== undefined && to === `at ${String(removed)}`))
          next.set(to, (next.get(to) ?? 0) + share);
      }
    }
    here = next;
  }
  return bought;
}

/** Shapley values by their definition over all coalitions, as bits of a number. */
function shapleyValues(players: number, worth: (coalition: number) => number): number[] {
  const sizeOf = (coalition: number) => coalition.toString(2).replaceAll('0', '').length;
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return Array.from({ length: players }, (_, player) => {
    let value = 0;
    for (let others = 0; others < 2 ** players; others += 1) {
      if (others & (1 << player)) continue;
      const size = sizeOf(others);
      const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players);
      value += weight * (worth(others | (1 << player)) - worth(others));
    }
    return value;
  });
}

describe('credits by removal effect', () => {
  test('solve the worked example of Bryl 2016 (analyzecore.com, attribution model with R, part 1) exactly', () => {
    const paths = [path('C1 C2 C3', 1, 1, 1000), path('C1', 1, 0), path('C2 C3', 1, 0)];
    expect(markovCredits(paths, 1)).toEqual([
      { channel: 'C1', removal_effect: 0.5, credit: 200 },
      { channel: 'C2', removal_effect: 1, credit: 400 },
      { channel: 'C3', removal_effect: 1, credit: 400 },
    ]);
  });

  test('give what the simulation comes near to that the package pychattr prints for paths that turn in circles', () => {
    const credits = asRecord(
      markovCredits([path('A B A B B A', 1, 1), path('A B B A A', 1, 1), path('A A', 1, 1)], 1),
    );
    expect(credits).toEqual({ A: 2, B: 1 });
    expect(Math.abs((credits['A'] ?? NaN) - 1.991106)).toBeLessThan(0.02);
  });

  test('of order 2 know over which channel somebody came, where those of order 1 do not', () => {
    const paths = [path('fair call', 1, 1), path('leaflet call', 1, 0)];
    expect(asRecord(markovCredits(paths, 1))).toEqual({ fair: 0.25, call: 0.5, leaflet: 0.25 });
    expect(asRecord(markovCredits(paths, 2))).toEqual({ fair: 0.5, call: 0.5, leaflet: 0 });
  });

  test('are what stepping through the chain without each channel gives, on random paths', () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const all = chanceWithout(paths, undefined);
        for (const { channel, removal_effect } of markovCredits(paths, 1))
          expect(removal_effect).toBeCloseTo(all === 0 ? 0 : 1 - chanceWithout(paths, channel) / all, 8);
      }),
      { seed: 8, numRuns: 150 },
    );
  });
});

describe('credits after Shapley', () => {
  test('are found by a definition that solves the glove game as published: 1/6, 1/6 and 2/3', () => {
    const pairs = (coalition: number) => Number((coalition & 4) > 0 && (coalition & 3) > 0);
    const [left, other, right] = shapleyValues(3, pairs);
    expect(left).toBeCloseTo(1 / 6, 12);
    expect(other).toBeCloseTo(1 / 6, 12);
    expect(right).toBeCloseTo(2 / 3, 12);
  });

  test('are those of that definition over all coalitions, on random paths', () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const channels = channelsOf(paths);
        const masks = paths.map((one) =>
          one.channels.reduce<number>((mask, channel) => mask | (1 << channels.indexOf(channel)), 0),
        );
        const values = shapleyValues(channels.length, (coalition) =>
          paths.reduce((sum, { worth }, at) => sum + (((masks[at] ?? 0) & ~coalition) === 0 ? worth : 0), 0),
        );
        for (const [at, { credit }] of shapleyCredits(paths).entries())
          expect(credit).toBeCloseTo(values[at] ?? NaN, 4);
      }),
      { seed: 8, numRuns: 150 },
    );
  });
});

describe.each(ways)('$name', ({ credits }) => {
  test('sums to what all paths are worth, no credit below 0', () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const found = credits(paths);
        const worth = paths.reduce((sum, one) => sum + one.worth, 0);
        expect(Math.abs(sumOf(found) - worth)).toBeLessThanOrEqual(1e-12 * worth);
        expect(Math.min(...found.map(({ credit }) => credit))).toBeGreaterThanOrEqual(0);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  test('gives two channels the same that stand in each other’s place just as often', () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const twin = (channel: Channel) =>
          channel === 'fair' ? 'search' : channel === 'search' ? 'fair' : channel;
        const mirrored = paths.map((one) => ({ ...one, channels: one.channels.map(twin) }));
        const found = asRecord(credits([...paths, ...mirrored]));
        const worth = paths.reduce((sum, one) => sum + one.worth, 0);
        expect(Math.abs((found['fair'] ?? 0) - (found['search'] ?? 0))).toBeLessThanOrEqual(1e-9 * worth);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  test('gives exactly nothing to a channel that touched nobody, nor to one after which nobody bought', () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const found = asRecord(
          credits([...paths, path('radio', 0, 0), path('fair poster', 7, 0), path('poster', 3, 0)]),
        );
        expect([found['radio'], found['poster']]).toEqual([0, 0]);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  test('answers without a path, without a buyer and without a touch', () => {
    expect(credits([])).toEqual([]);
    expect(asRecord(credits([path('fair search', 9, 0)]))).toEqual({ fair: 0, search: 0 });
    expect(asRecord(credits([path('', 5, 5), path('fair', 1, 1)]))).toEqual({ fair: 1 });
  });
});

test('twelve channels of which each follows each share alike', () => {
  const names = Array.from({ length: 12 }, (_, at) => `channel ${at}`);
  const paths = names.flatMap((first) =>
    names.flatMap((second) =>
      names.map((third) => ({ channels: [first, second, third], people: 10, buyers: 1, worth: 1 })),
    ),
  );
  for (const order of orders)
    for (const { credit } of markovCredits(paths, order)) expect(credit).toBeCloseTo(144, 8);
});
