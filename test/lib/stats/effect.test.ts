import { describe, expect, test } from 'vitest';
import { alwaysValid } from '#lib/stats/always-valid.ts';
import { adjustedArm, meanArm, proportionArm, ratioArm } from '#lib/stats/arms.ts';
import { chanceToWin } from '#lib/stats/chance-to-win.ts';
import { effectOf } from '#lib/stats/effect.ts';
import { sampleRatio } from '#lib/stats/sample-ratio.ts';
import { tTest } from '#lib/stats/t-test.ts';

// Inputs and outcomes that GrowthBook's own tests of gbstats 0.8.0 assert, typed in.
const control = meanArm({ n: 3000, sum: 1396.87, squares: 52377.9767 });
const treatment = meanArm({ n: 3461, sum: 2422.7, squares: 134698.29 });

describe('a difference of two arms', () => {
  test('of proportions is the peer’s', () => {
    const found = effectOf(
      proportionArm({ hits: 14, base: 28 }),
      proportionArm({ hits: 16, base: 30 }),
      'relative',
    );
    const { estimate, low, high, p } = tTest(found);
    expect(estimate).toBeCloseTo(0.06667, 5);
    expect(low).toBeCloseTo(-0.47767, 5);
    expect(high).toBeCloseTo(0.61101, 5);
    expect(p).toBeCloseTo(0.80707, 5);
  });

  test('one-sided and absolute is the peer’s, with one end', () => {
    const found = effectOf(control, treatment, 'absolute');
    const greater = tTest(found, 0.05, 'greater');
    expect(greater.low).toBeCloseTo(0.020791480063255735, 10);
    expect(greater.high).toBeNull();
    expect(greater.p).toBeCloseTo(0.03554272489873023, 10);
    const less = tTest(found, 0.05, 'less');
    expect(less.low).toBeNull();
    expect(less.high).toBeCloseTo(0.44796185327007765, 10);
    expect(less.p).toBeCloseTo(0.9644572751012698, 10);
  });

  test('relative to a loss has the sign of the gain', () => {
    const loss = meanArm({ n: 100, sum: -500, squares: 9000 });
    const gain = meanArm({ n: 100, sum: -250, squares: 7000 });
    const { estimate } = tTest(effectOf(loss, gain, 'relative'));
    expect(estimate).toBeCloseTo(0.5, 12);
  });

  test('of proportions stays valid under peeking as the peer says', () => {
    const found = effectOf(
      proportionArm({ hits: 1396, base: 3000 }),
      proportionArm({ hits: 2422, base: 3461 }),
      'relative',
    );
    const { low, high, p } = alwaysValid(found);
    expect(low).toBeCloseTo(0.40098, 5);
    expect(high).toBeCloseTo(0.60675, 5);
    expect(p).toBeCloseTo(0, 10);
  });

  test('that stays valid under peeking is never narrower than that of one look', () => {
    const found = effectOf(control, treatment, 'relative');
    for (const side of ['both', 'greater', 'less'] as const) {
      const [once, always] = [tTest(found, 0.05, side), alwaysValid(found, 0.05, side)];
      if (side !== 'less') expect(always.low).toBeLessThan(once.low ?? 0);
      if (side !== 'greater') expect(always.high).toBeGreaterThan(once.high ?? 0);
      expect(always.p).toBeGreaterThan(0);
    }
  });

  test('has a chance to win and a risk on each side, as the peer says', () => {
    const found = effectOf(
      proportionArm({ hits: 49, base: 100 }),
      proportionArm({ hits: 51, base: 100 }),
      'relative',
    );
    const belief = chanceToWin(found, { scale: 'relative' });
    expect(belief.estimate).toBeCloseTo(0.04082, 5);
    expect(belief.low).toBeCloseTo(-0.24779, 5);
    expect(belief.high).toBeCloseTo(0.32943, 5);
    expect(belief.chance).toBeCloseTo(0.60918, 5);
    expect(belief.riskOfControl).toBeCloseTo(0.0814, 4);
    expect(belief.riskOfTreatment).toBeCloseTo(0.04058, 5);
  });

  test('with a habit that foretells everything but noise has the variance 1 − ρ² of that without', () => {
    // y = x + e with x = ±1 and e = ±1 by turns, independent: ρ² = 1/2
    const arm = (n: number) => {
      const after = meanArm({ n, sum: n, squares: n + 2 * n });
      const before = meanArm({ n, sum: 0, squares: n });
      return { after, adjusted: adjustedArm(after, before, n) };
    };
    const [a, b] = [arm(4000), arm(4000)];
    const plain = effectOf(a.after, b.after, 'absolute');
    const adjusted = effectOf(a.adjusted, b.adjusted, 'absolute');
    if (plain.trouble !== null || adjusted.trouble !== null) throw new Error('there is an effect');
    expect((adjusted.error / plain.error) ** 2).toBeCloseTo(0.5, 3);
  });

  test('says why there is none, and never throws', () => {
    const none = proportionArm({ hits: 0, base: 0 });
    const some = proportionArm({ hits: 5, base: 10 });
    const sums = { above: { sum: 1, squares: 1 }, below: { sum: 0, squares: 0 }, products: 0 };
    const pairs = [
      [none, none],
      [none, some],
      [some, none],
      [proportionArm({ hits: 0, base: 50 }), some],
      [proportionArm({ hits: 50, base: 50 }), some],
      [meanArm({ n: 1, sum: 3, squares: 9 }), meanArm({ n: 1, sum: 4, squares: 16 })],
      [ratioArm(10, sums), ratioArm(10, sums)],
    ] as const;
    for (const [a, b] of pairs)
      for (const scale of ['absolute', 'relative'] as const) {
        const found = effectOf(a, b, scale);
        expect(tTest(found).trouble).toBe('no_variance');
        expect(alwaysValid(found).p).toBeNull();
        expect(chanceToWin(found, { scale }).chance).toBeNull();
      }
    const even = meanArm({ n: 10, sum: 0, squares: 10 });
    expect(effectOf(even, meanArm({ n: 10, sum: 5, squares: 10 }), 'relative').trouble).not.toBeNull();
  });
});

test('the sample-ratio check finds the published mismatch, and none where there is nothing to check', () => {
  // Fabijan et al. 2019; Kohavi, Tang & Xu 2020, ch. 21: p = 1.8E-6
  const found = sampleRatio([
    { units: 821_588, weight: 0.5 },
    { units: 815_482, weight: 0.5 },
  ]);
  expect(found.chiSquare).toBeCloseTo(22.77437, 5);
  expect(found.p).toBeCloseTo(1.8e-6, 7);
  expect(sampleRatio([]).p).toBe(1);
  expect(sampleRatio([{ units: 0, weight: 1 }]).p).toBe(1);
});
