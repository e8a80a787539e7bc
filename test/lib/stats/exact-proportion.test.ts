import { describe, expect, test } from 'vitest';
import { agrestiCoull, binomialTest, exactInterval } from '#lib/stats/exact-proportion.ts';

describe('exact intervals and tests of a proportion', () => {
  test('are R’s: binom.test(51, 235, 1/6)', () => {
    const { p, greater, less } = binomialTest({ hits: 51, base: 235 }, 1 / 6);
    expect(p).toBeCloseTo(0.0437479701823997, 10);
    expect(greater).toBeCloseTo(0.02654424571169085, 10);
    expect(less).toBeCloseTo(0.982022657605858, 10);
    const { low, high } = exactInterval({ hits: 51, base: 235 });
    expect(low).toBeCloseTo(0.1660633298083073, 9);
    expect(high).toBeCloseTo(0.2752683640289254, 9);
  });

  test('of none and of all end at 0 and at 1', () => {
    expect(exactInterval({ hits: 0, base: 30 }).low).toBe(0);
    expect(exactInterval({ hits: 0, base: 30 }).high).toBeCloseTo(0.11570331, 8);
    expect(exactInterval({ hits: 30, base: 30 }).high).toBe(1);
    expect(agrestiCoull({ hits: 0, base: 30 }).low).toBe(0);
    expect(agrestiCoull({ hits: 30, base: 30 }).low).toBeCloseTo(0.8652883, 6);
  });

  test('hold the truth at least as often as they say, for every rate', () => {
    for (const base of [5, 20, 60]) {
      const ends = Array.from({ length: base + 1 }, (_, hits) => exactInterval({ hits, base }));
      for (let rate = 0.02; rate < 1; rate += 0.02) {
        const held = ends
          .map(({ low, high }, hits) =>
            low <= rate && rate <= high
              ? binomialTest({ hits, base }, rate).greater -
                (hits === base ? 0 : binomialTest({ hits: hits + 1, base }, rate).greater)
              : 0,
          )
          .reduce((sum, one) => sum + one, 0);
        expect(held).toBeGreaterThanOrEqual(0.95 - 1e-9);
      }
    }
  });
});
