import { describe, expect, test } from 'vitest';
import { fairValues, type Valued } from '#lib/stats/fair-values.ts';
import { expectTwoAlike, unfilled } from './people.ts';
import { normal, stream } from '../../../data/sample/generator/random.ts';

const person = (
  per_unit: number,
  error: number,
  expected: number | null,
  more: Partial<Valued> = {},
): Valued => ({
  ...unfilled,
  base: 100,
  per_unit: per_unit.toFixed(2),
  error,
  expected: expected === null ? null : expected.toFixed(2),
  ...more,
});

describe('the fair comparison of money', () => {
  test('draws an average the more towards what is expected the less exact it is, and never past either', () => {
    const rows = fairValues([person(1200, 20, 1000), person(1200, 200, 1000), person(700, 20, 1000)]);
    const [exact = NaN, vague = NaN] = rows.map(({ shrunken }) => Number(shrunken));
    expect(exact).toBeGreaterThan(vague);
    expect(exact).toBeLessThan(1200);
    expect(vague).toBeGreaterThan(1000);
  });

  test('gives a place where nobody else may hold it, and counts of whom one cannot be told apart', () => {
    expectTwoAlike(
      fairValues([
        person(2000, 10, 1000),
        person(1010, 10, 1000),
        person(1000, 10, 1000),
        person(300, 10, 1000),
      ]),
    );
  });

  test('says too early, not separable or nobody else, and ranks nobody of these', () => {
    const rows = fairValues([
      person(900, 10, 1000, { base: 9 }),
      person(900, 10, 1000, { fallback_base: 51 }),
      person(900, 10, null),
      { ...person(900, 10, 1000), error: null },
    ]);
    expect(rows.map(({ verdict, ranked }) => [verdict, ranked])).toEqual([
      ['too_early', 0],
      ['not_separable', 0],
      ['nobody_else', 0],
      ['too_early', 0],
    ]);
  });

  test('compares with everybody and gives back only who was asked', () => {
    const rows = fairValues([person(2000, 10, 1000), person(500, 10, 1000, { asked: false })]);
    expect(rows.map(({ rank, ranked }) => [rank, ranked])).toEqual([[1, 2]]);
  });

  test('holds the true difference in 95 of 100 intervals, whether people differ or not', () => {
    const random = stream(7, 'values');
    for (const spread of [0, 50, 300]) {
      let held = 0;
      const houses = 15;
      for (let house = 0; house < houses; house += 1) {
        const truths = Array.from({ length: 10 }, () => 1000 + spread * normal(random));
        const rows = fairValues(truths.map((truth) => person(truth + 100 * normal(random), 100, 1000)));
        held += rows.filter(({ difference_low: low, difference_high: high }, at) => {
          const difference = (truths[at] ?? NaN) - 1000;
          return difference >= Number(low) && difference <= Number(high);
        }).length;
      }
      expect(held / (houses * 10), `spread ${spread}`).toBeGreaterThan(0.9);
    }
  });
});
