import { describe, expect, it } from 'vitest';
import { upperQuantile } from '#lib/stats/significance.ts';
import { weeklyStep } from '#lib/stats/weekly-step.ts';
import { normal, stream } from '../../../data/sample/generator/random.ts';

describe('the step of a weekly series', () => {
  it('is the difference of the means', () => {
    expect(weeklyStep([1, 2, 3, 2, 1, 3], [5, 7]).effect).toBeCloseTo(4, 12);
  });

  it('has the error of two independent means where no week carries anything on', () => {
    const before = [1, -1, 1, -1, 1, -1];
    const after = [4, 2, 4, 2];
    const { error, df } = weeklyStep(before, after);
    expect(error).toBeCloseTo(Math.sqrt((10 / 8) * (1 / 6 + 1 / 4)), 12);
    expect(df).toBe(8);
  });

  it.each([
    { carries: 0, before: 78, after: 4 },
    { carries: 0.3, before: 26, after: 8 },
    { carries: 0.5, before: 78, after: 26 },
    { carries: 0.5, before: 26, after: 13 },
  ])(
    'lies in its 95 % interval 91 to 97 times of 100: $before and $after weeks that carry on $carries',
    ({ carries, before, after }) => {
      const runs = 1500;
      let held = 0;
      for (let seed = 0; seed < runs; seed += 1) {
        const random = stream(seed, 'weeks');
        let chance = normal(random);
        const weeks = Array.from({ length: before + after }, () => {
          chance = carries * chance + Math.sqrt(1 - carries * carries) * normal(random);
          return chance;
        });
        const { effect, error, df } = weeklyStep(weeks.slice(0, before), weeks.slice(before));
        if (Math.abs(effect) <= upperQuantile(0.025, df) * error) held += 1;
      }
      expect(held / runs).toBeGreaterThan(0.91);
      expect(held / runs).toBeLessThan(0.97);
    },
  );
});
