import { describe, expect, it } from 'vitest';
import { betaBelief } from '#lib/stats/beta-arms.ts';
import { newcombeInterval, wilsonInterval } from '#lib/stats/significance.ts';
import { boschlooTest, fisherTest } from '#lib/stats/two-by-two.ts';
import { stream } from '../../../data/sample/generator/random.ts';
import type { Random } from '../../../data/sample/generator/random.ts';

describe('exact tests of two proportions', () => {
  it('give Fisher’s p of the tea tasting and of the convictions of twins, as R prints them', () => {
    expect(fisherTest({ hits: 1, base: 4 }, { hits: 3, base: 4 }).p).toBeCloseTo(0.4857, 4);
    expect(fisherTest({ hits: 1, base: 4 }, { hits: 3, base: 4 }).greater).toBeCloseTo(0.2429, 4);
    const twins = fisherTest({ hits: 10, base: 12 }, { hits: 3, base: 18 });
    expect(twins.p).toBeCloseTo(0.0005367, 7);
    expect(twins.less).toBeCloseTo(0.0004652, 7);
  });

  it('give Boschloo’s p of the example in SciPy’s manual, and never more than Fisher’s', () => {
    const [a, b] = [
      { hits: 31, base: 63 },
      { hits: 74, base: 117 },
    ];
    expect(String(boschlooTest(a, b).greater)).toMatch(/^0\.0355/);
    for (const [hits, other] of [
      [0, 3],
      [2, 9],
      [7, 8],
      [10, 10],
    ] as const) {
      const [p, q] = [
        { hits, base: 10 },
        { hits: other, base: 12 },
      ];
      expect(boschlooTest(p, q).greater).toBeLessThanOrEqual(fisherTest(p, q).greater + 1e-9);
    }
  });

  it('call no more than 5 % of small arms that are alike, Boschloo’s more than Fisher’s', () => {
    const tables = Array.from({ length: 13 }, (_, a) =>
      Array.from({ length: 13 }, (__, b) => [a, b] as const),
    ).flat();
    const called = tables.map(([a, b]) => {
      const [p, q] = [
        { hits: a, base: 12 },
        { hits: b, base: 12 },
      ];
      const fisher = fisherTest(p, q).greater;
      return { a, b, fisher: fisher <= 0.05, boschloo: fisher <= 0.15 && boschlooTest(p, q).greater <= 0.05 };
    });
    const found = [0.1, 0.3, 0.5].map((rate) => {
      const chance = binomial(12, rate);
      const share = (by: 'fisher' | 'boschloo') =>
        called.reduce((sum, one) => (one[by] ? sum + (chance[one.a] ?? 0) * (chance[one.b] ?? 0) : sum), 0);
      return { fisher: share('fisher'), boschloo: share('boschloo') };
    });
    for (const { fisher, boschloo } of found) {
      expect(boschloo).toBeLessThanOrEqual(0.05);
      expect(fisher).toBeLessThanOrEqual(boschloo);
    }
  });
});

function binomial(n: number, p: number): number[] {
  let row = [1];
  for (let trial = 0; trial < n; trial += 1)
    row = Array.from({ length: row.length + 1 }, (_, k) => (row[k] ?? 0) * (1 - p) + (row[k - 1] ?? 0) * p);
  return row;
}

describe('the belief in two proportions', () => {
  it('is even for equal arms, and mirrored when they change places', () => {
    expect(betaBelief({ hits: 4, base: 20 }, { hits: 4, base: 20 }).chance).toBeCloseTo(0.5, 10);
    const [one, other] = [
      betaBelief({ hits: 3, base: 20 }, { hits: 8, base: 25 }),
      betaBelief({ hits: 8, base: 25 }, { hits: 3, base: 20 }),
    ];
    expect(one.chance + other.chance).toBeCloseTo(1, 10);
    expect(one.lossIfTaken).toBeCloseTo(other.lossIfLeft, 10);
  });

  it('is what draws from both distributions come to, with losses and with a prior', () => {
    const random = stream(20261, 'beta-arms');
    const [a, b, prior] = [
      { hits: 3, base: 20 },
      { hits: 8, base: 25 },
      { hits: 2, misses: 6 },
    ];
    const runs = 200_000;
    let [wins, taken, left] = [0, 0, 0];
    for (let run = 0; run < runs; run += 1) {
      const [p, q] = [a, b].map(({ hits, base }) =>
        beta(random, hits + prior.hits, base - hits + prior.misses),
      ) as [number, number];
      if (q > p) wins += 1;
      taken += Math.max(0, p - q) / runs;
      left += Math.max(0, q - p) / runs;
    }
    const found = betaBelief(a, b, prior);
    expect(found.chance).toBeCloseTo(wins / runs, 2);
    expect(found.lossIfTaken).toBeCloseTo(taken, 3);
    expect(found.lossIfLeft).toBeCloseTo(left, 3);
  });
});

/** Beta of whole parameters, as sums of exponential draws. */
function beta(random: Random, a: number, b: number): number {
  const gamma = (shape: number) =>
    Array.from({ length: shape }, () => -Math.log(1 - random.next())).reduce((sum, one) => sum + one, 0);
  const first = gamma(a);
  return first / (first + gamma(b));
}

it('intervals of shares and their difference are those of Newcombe 1998, tables I and II', () => {
  const wilson = wilsonInterval({ hits: 15, base: 148 });
  expect([wilson.low, wilson.high].map((end) => end.toFixed(4))).toEqual(['0.0624', '0.1605']);
  const { low, high } = newcombeInterval({ hits: 48, base: 80 }, { hits: 56, base: 70 });
  expect([low, high].map((end) => end.toFixed(4))).toEqual(['0.0524', '0.3339']);
});
