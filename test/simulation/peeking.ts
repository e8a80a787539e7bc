import { alwaysValid } from '#lib/stats/always-valid.ts';
import { chanceToWin } from '#lib/stats/chance-to-win.ts';
import { effectOf } from '#lib/stats/effect.ts';
import type { Found } from '#lib/stats/effect.ts';
import { tTest } from '#lib/stats/t-test.ts';
import { stream } from '../../data/sample/generator/random.ts';
import { add, noSums } from './units.ts';
import type { Metric } from './units.ts';

/** Ways to call a difference. */
export const callers = {
  't test': (found: Found) => excludesZero(tTest(found)),
  'chance to win': (found: Found) =>
    Math.abs((chanceToWin(found, { scale: 'absolute' }).chance ?? 0.5) - 0.5) > 0.475,
  'always valid': (found: Found) => excludesZero(alwaysValid(found, 0.05, 'both', 2000)),
} as const;

export type Caller = keyof typeof callers;

/** Shares of experiments without any difference in which one was called: at the last look, and at any look. */
export type FalseCalls = Record<Caller, { readonly once: number; readonly daily: number }>;

const FIRST = 100;
const A_DAY = 20;
const DAYS = 30;

function excludesZero({ low, high }: { readonly low: number | null; readonly high: number | null }): boolean {
  return low !== null && high !== null && (low > 0 || high < 0);
}

/**
 * False calls over so many experiments whose arms do not differ, looked at on each of 30 days: 100 units per arm on the first, 20 more on
 * every later one.
 */
export function falseCalls(metric: Metric, runs: number, seed: number): FalseCalls {
  const random = stream(seed, `peeking ${metric.name}`);
  const names = Object.keys(callers) as Caller[];
  const counts = new Map(names.map((name) => [name, { once: 0, daily: 0 }]));
  for (let run = 0; run < runs; run += 1) {
    const [a, b] = [noSums(), noSums()];
    const called = new Set<Caller>();
    let last: Found = { trouble: 'no_variance' };
    for (let day = 0; day < DAYS; day += 1) {
      for (let unit = day === 0 ? FIRST : A_DAY; unit > 0; unit -= 1) {
        add(a, metric.drawn(random));
        add(b, metric.drawn(random));
      }
      last = effectOf(metric.armOf(a), metric.armOf(b), 'absolute');
      for (const name of names) if (!called.has(name) && callers[name](last)) called.add(name);
    }
    for (const [name, count] of counts) {
      if (callers[name](last)) count.once += 1;
      if (called.has(name)) count.daily += 1;
    }
  }
  return Object.fromEntries(
    [...counts].map(([name, { once, daily }]) => [name, { once: once / runs, daily: daily / runs }]),
  ) as FalseCalls;
}
