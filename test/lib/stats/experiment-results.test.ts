import { describe, expect, it } from 'vitest';
import { comparedArms, experimentArms } from '#lib/stats/experiment-arms.ts';
import { effectOf } from '#lib/stats/effect.ts';
import { normal, stream } from '../../../data/sample/generator/random.ts';
import { columnsOf } from './experiment-columns.ts';
import type { Unit } from './experiment-columns.ts';

function compared(arms: readonly (readonly Unit[])[]) {
  const found = experimentArms(
    columnsOf(arms.map((units, at) => ({ variant_no: at + 1, stratum_no: 0, units }))),
  );
  const pair = comparedArms(found.get('1/1'), found.get('1/2'));
  if (!pair) throw new Error('There are no arms.');
  const [control, variant] = pair;
  const effect = effectOf(control, variant, 'absolute');
  if (effect.trouble !== null) throw new Error(effect.trouble);
  return { control, effect };
}

describe('the arms that sums of an experiment tell', () => {
  it('are shares of units that did something, with the variance of shares', () => {
    const share = (hits: number) => Array.from({ length: 50 }, (_, at): Unit => [at < hits ? 1 : 0, 1, 0, 0]);
    const { effect } = compared([share(10), share(20)]);
    expect(effect.estimate).toBeCloseTo(0.2, 12);
    expect(effect.error).toBeCloseTo(Math.sqrt((0.2 * 0.8 + 0.4 * 0.6) / 50), 12);
  });

  it('lose the share 1 − ρ² of their variance to a habit from before', () => {
    const random = stream(3, 'habits');
    const units = (shift: number) =>
      Array.from({ length: 4000 }, (): Unit => {
        const habit = normal(random);
        return [10 + shift + 0.8 * habit + 0.6 * normal(random), 1, 5 + habit, 1];
      });
    const arms = [units(0), units(0.1)];
    const plain = compared(arms.map((arm) => arm.map(([main, base]): Unit => [main, base, 0, 0])));
    const { effect } = compared(arms);
    expect((effect.error / plain.effect.error) ** 2).toBeCloseTo(1 - 0.8 ** 2, 1);
  });

  it('are ratios of sums where units hold several, no tighter than units that are alike inside allow', () => {
    const random = stream(4, 'days');
    const days = (rate: number) =>
      Array.from({ length: 60 }, (): Unit => {
        const leads = 5 + Math.floor(random.next() * 10);
        const isGood = random.next() < rate;
        return [isGood ? leads : 0, leads, 0, 0];
      });
    const { control, effect } = compared([days(0.5), days(0.5)]);
    expect(control.kind).toBe('ratio');
    expect(effect.error).toBeGreaterThan(2 * Math.sqrt(0.25 / 600 + 0.25 / 600));
  });
});
