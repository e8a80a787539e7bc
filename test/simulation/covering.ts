import gammaln from '@stdlib/math-base-special-gammaln';
import { alwaysValid } from '#lib/stats/always-valid.ts';
import { proportionArm } from '#lib/stats/arms.ts';
import { effectOf } from '#lib/stats/effect.ts';
import { exactInterval } from '#lib/stats/exact-proportion.ts';
import { newcombeP } from '#lib/stats/significance.ts';
import { tTest } from '#lib/stats/t-test.ts';
import { stream } from '../../data/sample/generator/random.ts';
import type { Random } from '../../data/sample/generator/random.ts';

/** Shares of simulated experiments whose 95 % interval holds the truth. */
export type Covered = {
  readonly n: number;
  /** Of the difference of two shares by Welch's t. */
  readonly welch: number;
  /** Of experiments without any difference that Newcombe's interval does not call. */
  readonly newcombe: number;
  /** Of one share by Clopper and Pearson: not simulated, but the sum over all counts that there can be. */
  readonly exact: number;
  /** Of the difference, however often one looks. */
  readonly always: number;
};

const SHARES = [0.25, 0.35] as const;

/** Coverage at so many units per arm, shares 0.25 and 0.35: 20 successes and failures and more are expected from 80 units on. */
export function coverage(n: number, runs: number, seed: number): Covered {
  const random = stream(seed, `coverage ${n}`);
  const held = { welch: 0, newcombe: 0, always: 0 };
  const [p, q] = SHARES;
  for (let run = 0; run < runs; run += 1) {
    const [a, same, b] = [hits(random, n, p), hits(random, n, p), hits(random, n, q)];
    const found = effectOf(
      proportionArm({ hits: a, base: n }),
      proportionArm({ hits: b, base: n }),
      'absolute',
    );
    if (holds(tTest(found), q - p)) held.welch += 1;
    if (holds(alwaysValid(found, 0.05, 'both', 2000), q - p)) held.always += 1;
    if (newcombeP({ hits: a, base: n }, { hits: same, base: n }) >= 0.05) held.newcombe += 1;
  }
  const of = (name: keyof typeof held) => held[name] / runs;
  return {
    n,
    welch: of('welch'),
    newcombe: of('newcombe'),
    exact: exactCoverage(n, p),
    always: of('always'),
  };
}

/** How probable it is that the exact interval holds a share. */
function exactCoverage(n: number, share: number): number {
  let covered = 0;
  for (let k = 0; k <= n; k += 1) {
    const ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
    const chance = Math.exp(ways + k * Math.log(share) + (n - k) * Math.log(1 - share));
    if (chance > 1e-12 && holds(exactInterval({ hits: k, base: n }), share)) covered += chance;
  }
  return covered;
}

function hits(random: Random, n: number, p: number): number {
  let sum = 0;
  for (let unit = 0; unit < n; unit += 1) if (random.next() < p) sum += 1;
  return sum;
}

function holds({ low, high }: { readonly low: number | null; readonly high: number | null }, truth: number) {
  return low !== null && high !== null && low <= truth && truth <= high;
}
