import gammaln from '@stdlib/math-base-special-gammaln';
import type { Proportion } from './significance.ts';

/** p values of two proportions being equal: against any difference, and against the second being greater or less. */
export type ExactP = { readonly p: number; readonly greater: number; readonly less: number };

/** Equally probable tables may differ by this share through rounding. */
const ROUNDING = 1e-7;
/** Common rates at which Boschloo's test is tried. */
const RATES = 300;

/**
 * Fisher's exact test of two proportions, given both margins (Fisher 1935, Journal of the Royal Statistical Society 98:39); two-sided
 * are all tables that are at most as probable as the one found, as in R's fisher.test. base > 0.
 */
export function fisherTest(a: Proportion, b: Proportion): ExactP {
  const hits = a.hits + b.hits;
  const [least, most] = [Math.max(0, hits - a.base), Math.min(hits, b.base)];
  const all = lnWays(a.base + b.base, hits);
  const tables = Array.from({ length: most - least + 1 }, (_, at) => {
    const k = least + at;
    return { k, chance: Math.exp(lnWays(a.base, hits - k) + lnWays(b.base, k) - all) };
  });
  const own = tables.find(({ k }) => k === b.hits)?.chance ?? 0;
  const sum = (kept: (table: { readonly k: number; readonly chance: number }) => boolean) =>
    Math.min(
      1,
      tables.filter(kept).reduce((total, { chance }) => total + chance, 0),
    );
  return {
    p: sum(({ chance }) => chance <= own * (1 + ROUNDING)),
    greater: sum(({ k }) => k >= b.hits),
    less: sum(({ k }) => k <= b.hits),
  };
}

/**
 * Boschloo's exact test of two proportions (Boschloo 1970, Statistica Neerlandica 24:1): how probable a one-sided p of Fisher's as
 * small as the one found is at most, whatever rate both have in common; never greater than Fisher's. Two-sided it is twice the
 * smaller one. The rate is searched in 300 steps and between. For small arms: its cost grows with a.base × b.base.
 */
export function boschlooTest(a: Proportion, b: Proportion): ExactP {
  const tables = Array.from({ length: (a.base + 1) * (b.base + 1) }, (_, at) => {
    const [first, second] = [at % (a.base + 1), Math.floor(at / (a.base + 1))];
    return {
      test: fisherTest({ hits: first, base: a.base }, { hits: second, base: b.base }),
      hits: first + second,
      ways: lnWays(a.base, first) + lnWays(b.base, second),
    };
  });
  const own = fisherTest(a, b);
  const one = (side: 'greater' | 'less') => {
    const region = tables.filter(({ test }) => test[side] <= own[side] * (1 + ROUNDING));
    return worst(region, a.base + b.base);
  };
  const [greater, less] = [one('greater'), one('less')];
  return { p: Math.min(1, 2 * Math.min(greater, less)), greater, less };
}

type Table = { readonly hits: number; readonly ways: number };

/** The highest probability of any of the tables over all common rates. */
function worst(region: readonly Table[], base: number): number {
  const at = (rate: number) =>
    region.reduce(
      (sum, { hits, ways }) =>
        sum + Math.exp(ways + hits * Math.log(rate) + (base - hits) * Math.log1p(-rate)),
      0,
    );
  let best = 0.5 / RATES;
  for (let step = 1; step < RATES; step += 1) if (at(step / RATES) > at(best)) best = step / RATES;
  let [low, high] = [Math.max(best - 1 / RATES, 1e-9), Math.min(best + 1 / RATES, 1 - 1e-9)];
  for (let halving = 0; halving < 60; halving += 1) {
    const third = (high - low) / 3;
    if (at(low + third) < at(high - third)) low += third;
    else high -= third;
  }
  return Math.min(1, Math.max(at(best), at((low + high) / 2)));
}

/** Logarithm of the ways to choose k of n. */
function lnWays(n: number, k: number): number {
  return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}
