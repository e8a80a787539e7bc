import { describe, expect, it } from 'vitest';
import { meanArm, proportionArm, ratioArm } from '#lib/stats/arms.ts';
import type { Arm } from '#lib/stats/arms.ts';
import { effectOf } from '#lib/stats/effect.ts';
import { postStratified } from '#lib/stats/post-strata.ts';
import { tTest } from '#lib/stats/t-test.ts';
import { normal, stream } from '../../../data/sample/generator/random.ts';

function differenceOf(strata: readonly (readonly [Arm, Arm])[], scale: 'absolute' | 'relative' = 'absolute') {
  const pair = postStratified(strata);
  if (pair === null) throw new Error('There are no strata.');
  return effectOf(...pair, scale);
}

const armOf = (values: readonly number[]) =>
  meanArm({
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    squares: values.reduce((sum, value) => sum + value * value, 0),
  });

describe('arms that are post-stratified', () => {
  it('differ by the strata’s differences in the shares of all units, whatever the shares in each arm', () => {
    const strata = [
      [proportionArm({ hits: 10, base: 100 }), proportionArm({ hits: 12, base: 60 })],
      [proportionArm({ hits: 20, base: 40 }), proportionArm({ hits: 60, base: 100 })],
    ] as const;
    const found = differenceOf(strata);
    if (found.trouble !== null) throw new Error(found.trouble);
    const [w1, w2] = [160 / 300, 140 / 300];
    expect(found.estimate).toBeCloseTo(w1 * 0.1 + w2 * 0.1, 12);
    const variance =
      w1 ** 2 * ((0.1 * 0.9) / 100 + (0.2 * 0.8) / 60) + w2 ** 2 * ((0.5 * 0.5) / 40 + (0.6 * 0.4) / 100);
    expect(found.error).toBeCloseTo(Math.sqrt(variance), 12);
  });

  it('compare ratios of the reweighted sums', () => {
    const arm = (n: number, above: number, below: number) =>
      ratioArm(n, {
        above: { sum: above, squares: above * 3 },
        below: { sum: below, squares: below * 5 },
        products: above * 4,
      });
    const found = differenceOf([
      [arm(10, 6, 20), arm(30, 24, 60)],
      [arm(30, 30, 90), arm(10, 12, 20)],
    ]);
    if (found.trouble !== null) throw new Error(found.trouble);
    const level = (a: number, b: number, c: number, d: number) => (a / 2 + b / 2) / (c / 2 + d / 2);
    expect(found.estimate).toBeCloseTo(level(0.8, 1.2, 2, 2) - level(0.6, 1, 2, 3), 12);
  });

  it('are what they were where there is one stratum, and none where there is none', () => {
    const pair = [proportionArm({ hits: 3, base: 30 }), proportionArm({ hits: 9, base: 31 })] as const;
    expect(postStratified([pair])).toBe(pair);
    expect(postStratified([])).toBeNull();
  });

  it('keep 95 % intervals at 95 % of 2,000 experiments, with a smaller error where strata tell much of the outcome', () => {
    const random = stream(20260, 'post-strata');
    let [held, narrower] = [0, 0];
    const runs = 2000;
    for (let run = 0; run < runs; run += 1) {
      const values: Record<'a' | 'b', number[][]> = { a: [[], [], []], b: [[], [], []] };
      for (let unit = 0; unit < 240; unit += 1) {
        const stratum = Math.floor(random.next() * 3);
        const side = random.next() < 0.5 ? 'a' : 'b';
        values[side][stratum]?.push(4 * stratum + (side === 'b' ? 0.5 : 0) + normal(random));
      }
      const strata = [0, 1, 2].map(
        (stratum) => [armOf(values.a[stratum] ?? []), armOf(values.b[stratum] ?? [])] as const,
      );
      const found = differenceOf(strata);
      const plain = effectOf(armOf(values.a.flat()), armOf(values.b.flat()), 'absolute');
      if (found.trouble !== null || plain.trouble !== null) throw new Error('no variance');
      const { low, high } = tTest(found);
      if ((low ?? 0) <= 0.5 && (high ?? 0) >= 0.5) held += 1;
      if (found.error < plain.error / 2) narrower += 1;
    }
    expect(held / runs).toBeGreaterThan(0.935);
    expect(held / runs).toBeLessThan(0.965);
    expect(narrower).toBe(runs);
  });
});
