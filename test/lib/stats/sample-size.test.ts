import { describe, expect, it } from 'vitest';
import { alwaysValid } from '#lib/stats/always-valid.ts';
import { proportionArm } from '#lib/stats/arms.ts';
import { effectOf } from '#lib/stats/effect.ts';
import { detectableRise, unitsForMeans, unitsForRates } from '#lib/stats/sample-size.ts';
import { tTest } from '#lib/stats/t-test.ts';
import { stream } from '../../../data/sample/generator/random.ts';

describe('the size of an experiment', () => {
  it('is that of R’s power.prop.test and, to a tenth of a unit, of power.t.test', () => {
    expect(unitsForRates(0.5, 0.75, { power: 0.9 }).once).toBeCloseTo(76.7, 1);
    expect(Math.abs(unitsForMeans(1, 1, { power: 0.9 }).once - 22.0211)).toBeLessThan(0.1);
  });

  it('is the same for a rise and for the fall back', () => {
    expect(unitsForRates(0.2, 0.3)).toEqual(unitsForRates(0.3, 0.2));
    expect(unitsForMeans(-2, 3)).toEqual(unitsForMeans(2, 3));
  });

  it('and the rise that it tells are the inverse of each other; few units tell none', () => {
    const { once, always } = detectableRise(0.2, 500);
    expect(unitsForRates(0.2, 0.2 + (once ?? 0)).once).toBeCloseTo(500, 4);
    expect(unitsForRates(0.2, 0.2 + (always ?? 0)).always).toBeCloseTo(500, 4);
    expect(detectableRise(0.9, 5)).toEqual({ once: null, always: null });
  });

  it('finds a difference in 80 % of 4,000 simulated experiments, by one look and by the always-valid interval', () => {
    const random = stream(20262, 'sample-size');
    const [p, q] = [0.3, 0.4];
    const units = unitsForRates(p, q);
    const hits = (n: number, rate: number) => {
      let sum = 0;
      for (let unit = 0; unit < n; unit += 1) if (random.next() < rate) sum += 1;
      return sum;
    };
    const runs = 4000;
    const found = { once: 0, always: 0 };
    for (const way of ['once', 'always'] as const) {
      const n = Math.ceil(units[way]);
      for (let run = 0; run < runs; run += 1) {
        const effect = effectOf(
          proportionArm({ hits: hits(n, p), base: n }),
          proportionArm({ hits: hits(n, q), base: n }),
          'absolute',
        );
        const { low } = way === 'once' ? tTest(effect) : alwaysValid(effect, 0.05, 'both', 2 * n);
        if ((low ?? 0) > 0) found[way] += 1 / runs;
      }
    }
    expect(Math.abs(found.once - 0.8)).toBeLessThan(0.02);
    expect(Math.abs(found.always - 0.8)).toBeLessThan(0.02);
  });
});
