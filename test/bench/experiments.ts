import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { coverage } from '../simulation/covering.ts';
import { calledBroken, varianceKept } from '../simulation/habits.ts';
import { falseCalls } from '../simulation/peeking.ts';
import type { FalseCalls } from '../simulation/peeking.ts';
import { metrics } from '../simulation/units.ts';
import { percent } from './table.ts';
import type { Measurement } from './table.ts';

const SEED = 1;
const runs = 10_000;
/** Two standard errors of a share near p over all runs. */
const noise = (p: number) => 2 * Math.sqrt((p * (1 - p)) / runs);

/** What the statistics of experiments promise, over simulated experiments. */
export function experimentRuns(): Promise<Measurement[]> {
  return Promise.resolve([...metrics.map(peeked), ...[80, 200, 1000, 5000].map(covered), habit(), broken()]);
}

function peeked(metric: (typeof metrics)[number]): Measurement {
  const calls = falseCalls(metric, runs, SEED);
  const told = (name: keyof FalseCalls) => `${percent(calls[name].once)}, ${percent(calls[name].daily)}`;
  return {
    what: `${metric.name}, ${runs.toLocaleString('en')} experiments without any difference, 100 units per arm and 20 more on each of 29 days: called after the last, called on any day`,
    measured: `t test ${told('t test')}; chance to win above 97.5 % ${told('chance to win')}; always valid ${told('always valid')}`,
    target: 'always valid ≤ 5 % on any day, t test 5 % after the last',
    met: calls['always valid'].daily <= 0.05 + noise(0.05) && Math.abs(calls['t test'].once - 0.05) <= 0.01,
  };
}

function covered(n: number): Measurement {
  const { welch, newcombe, exact, always } = coverage(n, runs, SEED);
  const isNear = (share: number) => share >= 0.935 && share <= 0.965;
  return {
    what: `95 % intervals of shares of 25 and 35 %, ${n.toLocaleString('en')} units per arm: how many of ${runs.toLocaleString('en')} hold the truth`,
    measured: `Welch ${percent(welch)}, Newcombe ${percent(newcombe)}, exact ${percent(exact)}, always valid ${percent(always)}`,
    target: '93.5–96.5 %, exact and always valid ≥ 95 %',
    met: isNear(welch) && isNear(newcombe) && exact >= 0.95 && always >= 0.95,
  };
}

function habit(): Measurement {
  const found = [0, 0.3, 0.6, 0.9].map((rho) => ({ rho, kept: varianceKept(rho, runs / 10, SEED) }));
  return {
    what: 'variance of a difference with a time before ÷ without (CUPED), correlations of 0, 0.3, 0.6, 0.9',
    measured: found.map(({ kept }) => kept.toFixed(3)).join(', '),
    target: `1 − ρ²: ${found.map(({ rho }) => (1 - rho ** 2).toFixed(2)).join(', ')}`,
    met: found.every(({ rho, kept }) => Math.abs(kept - (1 - rho ** 2)) <= 0.005),
  };
}

function broken(): Measurement {
  const falsely = calledBroken(0.5, 4000, runs, SEED);
  const sizes = [1000, 4000, 8000];
  const found = sizes.map((units) => ({
    share: calledBroken(0.54, units, runs, SEED),
    expected: 1 - normalCdf(3.2905 - 0.08 * Math.sqrt(units), 0, 1),
  }));
  return {
    what: `split check at p < 0.001: called broken of even splits, and of 46 : 54 with ${sizes.map((size) => size.toLocaleString('en')).join(', ')} units`,
    measured: `${percent(falsely)}; ${found.map(({ share }) => percent(share)).join(', ')}`,
    target: `0.1 %; by theory ${found.map(({ expected }) => percent(expected)).join(', ')}`,
    met:
      falsely <= 0.001 + noise(0.001) &&
      found.every(({ share, expected }) => Math.abs(share - expected) <= 0.02),
  };
}
