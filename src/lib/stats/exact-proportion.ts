import betainc from '@stdlib/math-base-special-betainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import { root, upperQuantile } from './significance.ts';
import type { Proportion } from './significance.ts';

/** Ends of an interval of a proportion; the one of Agresti and Coull may lie outside 0…1. */
export type Ends = { readonly low: number; readonly high: number };

/** Equally probable counts may differ by this share through rounding. */
const ROUNDING = 1e-7;

/**
 * Exact interval of a proportion (Clopper & Pearson 1934, Biometrika 26:404): the quantiles alpha/2 of Beta(k, n − k + 1) and 1 −
 * alpha/2 of Beta(k + 1, n − k); of none and of all one-sided at alpha/2. Holds the truth at least as often as it says. base > 0.
 */
export function exactInterval({ hits, base }: Proportion, alpha = 0.05): Ends {
  const tail = alpha / 2;
  return {
    low: hits === 0 ? 0 : root((x) => tail - betainc(x, hits, base - hits + 1), 0, 1),
    high: hits === base ? 1 : root((x) => 1 - tail - betainc(x, hits + 1, base - hits), 0, 1),
  };
}

/**
 * Interval of Agresti & Coull (1998, American Statistician 52:119): p̃ ± z√(p̃(1 − p̃)/(n + z²)), p̃ = (k + z²/2)/(n + z²); of none it
 * begins at 0, of all it ends at 1.
 */
export function agrestiCoull({ hits, base }: Proportion, alpha = 0.05): Ends {
  const z = upperQuantile(alpha / 2, null);
  const middle = (hits + z ** 2 / 2) / (base + z ** 2);
  const reach = z * Math.sqrt((middle * (1 - middle)) / (base + z ** 2));
  return { low: hits === 0 ? 0 : middle - reach, high: hits === base ? 1 : middle + reach };
}

/**
 * Exact binomial test of a proportion against `rate`, 0 < rate < 1: p values of at least and of at most so many, and of counts that
 * are at most as probable as the one found (Clopper & Pearson 1934; two-sided as in R's binom.test).
 */
export function binomialTest({ hits, base }: Proportion, rate: number) {
  const probabilities = Array.from({ length: base + 1 }, (_, k) => probability(k, base, rate));
  const own = probabilities[hits] ?? 0;
  const sum = (kept: (probability: number, k: number) => boolean) =>
    Math.min(
      1,
      probabilities.filter(kept).reduce((all, one) => all + one, 0),
    );
  return {
    p: sum((one) => one <= own * (1 + ROUNDING)),
    greater: sum((_, k) => k >= hits),
    less: sum((_, k) => k <= hits),
  };
}

function probability(k: number, n: number, rate: number): number {
  const ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
  return Math.exp(ways + k * Math.log(rate) + (n - k) * Math.log(1 - rate));
}
