import { expect, test } from 'vitest';
import { fitBgNbd } from '#lib/stats/bg-nbd.ts';
import { fitGammaGamma } from '#lib/stats/gamma-gamma.ts';
import type { Likeliest } from '#lib/stats/maximum-likelihood.ts';
import { shoppers, spenders } from '../lib/stats/shoppers.ts';

const [RUNS, PEOPLE] = [200, 2_000];

/** In which share of the runs each 95 % interval holds the true parameter. */
function coverage(truth: readonly number[], fit: (seed: number) => Likeliest | null): number[] {
  const found = Array.from({ length: RUNS }, (_, seed) => fit(1_000 + seed)).filter((one) => one !== null);
  expect(found).toHaveLength(RUNS);
  return truth.map((value, at) => {
    const held = found.filter(({ logs, covariance }) => {
      const error = (logs[at] ?? 0) - Math.log(value);
      return Math.abs(error) <= 1.959963984540054 * Math.sqrt(covariance[at]?.[at] ?? 0);
    });
    return held.length / RUNS;
  });
}

function expectFair(shares: readonly number[]): void {
  for (const share of shares) {
    expect(share).toBeGreaterThanOrEqual(0.9);
    expect(share).toBeLessThanOrEqual(0.98);
  }
}

test('intervals of how clients come back hold the truth as often as they say', () => {
  for (const [model, weeks] of [
    [{ r: 0.8, alpha: 5, a: 0.8, b: 2.5 }, 104],
    [{ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, 39],
  ] as const)
    expectFair(coverage(Object.values(model), (seed) => fitBgNbd(shoppers(seed, PEOPLE, model, weeks))));
});

test('intervals of what clients spend hold the truth as often as they say', () => {
  const model = { p: 6.25, q: 3.74, v: 15.44 };
  expectFair(coverage(Object.values(model), (seed) => fitGammaGamma(spenders(seed, PEOPLE, model))));
});
