import { adjustedArm, meanArm, withoutBefore } from '#lib/stats/arms.ts';
import type { Arm } from '#lib/stats/arms.ts';
import { effectOf } from '#lib/stats/effect.ts';
import { sampleRatio } from '#lib/stats/sample-ratio.ts';
import { normal, stream } from '../../data/sample/generator/random.ts';
import type { Random } from '../../data/sample/generator/random.ts';

/** Mean variance of a difference with a time before ÷ without, where the two times correlate by ρ; expected is 1 − ρ². */
export function varianceKept(rho: number, runs: number, seed: number): number {
  const random = stream(seed, `habit ${rho}`);
  let sum = 0;
  for (let run = 0; run < runs; run += 1) {
    const [a, b] = [armOf(random, rho), armOf(random, rho)];
    const [with_, without] = [
      effectOf(a, b, 'absolute'),
      effectOf(withoutBefore(a), withoutBefore(b), 'absolute'),
    ];
    if (with_.trouble !== null || without.trouble !== null) throw new Error('The arms do not vary.');
    sum += (with_.error / without.error) ** 2 / runs;
  }
  return sum;
}

const UNITS = 500;

function armOf(random: Random, rho: number): Arm {
  const units = Array.from({ length: UNITS }, () => {
    const before = normal(random);
    return [10 + rho * before + Math.sqrt(1 - rho ** 2) * normal(random), before] as const;
  });
  const total = (of: (unit: readonly [number, number]) => number) =>
    units.reduce((sum, unit) => sum + of(unit), 0);
  return adjustedArm(
    meanArm({ n: UNITS, sum: total(([now]) => now), squares: total(([now]) => now * now) }),
    meanArm({ n: UNITS, sum: total(([, then]) => then), squares: total(([, then]) => then * then) }),
    total(([now, then]) => now * then),
  );
}

/** Share of experiments that are called broken (p < 0.001) where each unit came to the second of two equal arms by this chance. */
export function calledBroken(chance: number, units: number, runs: number, seed: number): number {
  const random = stream(seed, `uneven ${chance} ${units}`);
  let broken = 0;
  for (let run = 0; run < runs; run += 1) {
    let second = 0;
    for (let unit = 0; unit < units; unit += 1) if (random.next() < chance) second += 1;
    const arms = [units - second, second].map((came) => ({ units: came, weight: 1 }));
    if (sampleRatio(arms).p < 0.001) broken += 1;
  }
  return broken / runs;
}
