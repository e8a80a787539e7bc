import { describe, expect, test } from 'vitest';
import { detectableDrop, shiftToNotice, type Sensitivity } from '#lib/stats/power.ts';

const blank: Sensitivity = {
  method: null,
  reference: null,
  reference_weeks: 1,
  usual_spread: null,
  df: null,
  base: null,
  reference_hits: null,
  reference_base: null,
};

describe('the difference that is noticed in four of five cases', () => {
  test('is 1.96 + 0.84 spreads at 5 % where the spread is known', () => {
    expect(shiftToNotice(0.05, null)(1)).toBeCloseTo(1.959964 + 0.841621, 6);
  });

  test.each([
    // Cohen 1988, table 2.3: 80 % at 5 % for d = 0.5 needs 33.37 persons, or 63.77 in each of two groups
    [32.37, 0.5 * Math.sqrt(33.3671)],
    [125.53, 0.5 * Math.sqrt(63.7656 / 2)],
  ])('is that of Cohen’s table where it is estimated with %d degrees of freedom', (df, shift) => {
    expect(shiftToNotice(0.05, df)(1)).toBeCloseTo(shift, 2);
  });
});

describe('the smallest fall that is noticed', () => {
  test('of a count: 100 a week against the week before', () => {
    // 100 d = 2.801585 √(100 (1 − d) + 100) gives d² + 0.0784888 d − 0.1569776 = 0, d = 0.358898
    const row = { ...blank, method: 'count', reference: 100, usual_spread: Math.sqrt(200) };
    expect(detectableDrop(row, 0.05)).toBeCloseTo(0.358898, 6);
  });

  test('of a ratio with a usual range: the logarithm of what is kept lies that many spreads below', () => {
    const fall =
      detectableDrop({ ...blank, method: 'log_ratio', reference: 0.4, usual_spread: 0.1 }, 0.05) ??
      Number.NaN;
    // its own week varies by 1 / kept, the one before by 1
    const spread = 0.1 * (1.959964 + 0.841621 * Math.sqrt((1 / (1 - fall) + 1) / 2));
    expect(1 - Math.exp(-spread)).toBeCloseTo(fall, 6);
  });

  test('of a nested proportion: about what the normal approximation of two proportions says', () => {
    // 0.4 against 0.28 with 236 each: n = (1.96 + 0.84)² (0.24 + 0.2016) / 0.12² = 240.7 for 80 % power
    const row = { ...blank, method: 'newcombe', base: 241, reference_hits: 96.4, reference_base: 241 };
    expect(detectableDrop(row, 0.05)).toBeCloseTo(0.3, 2);
  });

  test('does not exist where not even a fall to nothing would be noticed', () => {
    expect(
      detectableDrop({ ...blank, method: 'count', reference: 3, usual_spread: Math.sqrt(6) }, 0.05),
    ).toBeNull();
    expect(
      detectableDrop({ ...blank, method: 'newcombe', base: 4, reference_hits: 2, reference_base: 4 }, 0.005),
    ).toBeNull();
    expect(detectableDrop(blank, 0.05)).toBeNull();
  });
});
