import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import tCdf from '@stdlib/stats-base-dists-t-cdf';

/**
 * Two-sided p value of a standardised difference.
 * `df` null means the standard normal distribution, else Student's t with that many degrees of freedom.
 */
export function pOfZ(z: number, df: number | null): number {
  return 2 * lowerTail(-Math.abs(z), df);
}

/**
 * The z (or t) beyond which a share `tail` of the distribution lies, 0 < tail ≤ 0.5; found by bisection to 1e-12.
 * `df` null means the standard normal distribution.
 */
export function upperQuantile(tail: number, df: number | null): number {
  return root((z) => lowerTail(-z, df) - tail, 0, 1e4);
}

/** A proportion: `hits` of `base`, 0 ≤ hits ≤ base, base > 0. */
export type Proportion = { readonly hits: number; readonly base: number };

/** Two ends. */
export type Interval = { readonly low: number; readonly high: number };

/** Wilson's interval of a proportion, 1 − alpha (Wilson 1927, JASA 22:209). */
export function wilsonInterval(one: Proportion, alpha = 0.05): Interval {
  const z = upperQuantile(alpha / 2, null);
  return { low: Math.max(0, wilson(one, -z)), high: Math.min(1, wilson(one, z)) };
}

/** Newcombe's interval of b − a, 1 − alpha: square and add of two Wilson intervals (see `newcombeZ`). */
export function newcombeInterval(a: Proportion, b: Proportion, alpha = 0.05): Interval {
  const [p, q] = [a.hits / a.base, b.hits / b.base];
  const [first, second] = [wilsonInterval(a, alpha), wilsonInterval(b, alpha)];
  return {
    low: q - p - Math.hypot(q - second.low, first.high - p),
    high: q - p + Math.hypot(second.high - q, p - first.low),
  };
}

/** p value of the difference of two independent proportions: that of `newcombeZ`. Equal proportions give 1. */
export function newcombeP(a: Proportion, b: Proportion): number {
  return pOfZ(newcombeZ(a, b), null);
}

/**
 * How far apart two independent proportions lie: the normal quantile at which Newcombe's interval of their difference
 * (square and add of two Wilson intervals) just touches 0; never negative. Newcombe 1998, Statistics in Medicine 17:873,
 * method 10.
 */
export function newcombeZ(a: Proportion, b: Proportion): number {
  const [upper, lower] = a.hits / a.base >= b.hits / b.base ? [a, b] : [b, a];
  const difference = upper.hits / upper.base - lower.hits / lower.base;
  if (difference === 0) return 0;
  const above = (z: number) =>
    difference -
    Math.hypot(upper.hits / upper.base - wilson(upper, -z), wilson(lower, z) - lower.hits / lower.base);
  return root(above, 0, 1e3);
}

/**
 * Which of the p values are discoveries at the false discovery rate `q`.
 * Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57:289. Same order as given.
 */
export function discoveries(ps: readonly number[], q: number): boolean[] {
  const sorted = ps.toSorted((a, b) => a - b);
  const limit = sorted.findLast((p, index) => p <= (q * (index + 1)) / sorted.length) ?? -1;
  return ps.map((p) => p <= limit);
}

/** Wilson's bound at z (Wilson 1927, JASA 22:209); the lower one for negative z. */
function wilson({ hits, base }: Proportion, z: number): number {
  const square = z * z;
  return (hits + square / 2 + z * Math.sqrt((hits * (base - hits)) / base + square / 4)) / (base + square);
}

/** Probability of at most `x`: standard normal for `df` null, else Student’s t. */
export function lowerTail(x: number, df: number | null): number {
  return df === null ? normalCdf(x, 0, 1) : tCdf(x, df);
}

/** Zero by bisection of a falling function between `low` and `high`; `high` where it has not fallen to 0 by then. */
export function root(falling: (x: number) => number, low: number, high: number): number {
  if (falling(high) > 0) return high;
  let [below, above] = [low, high];
  for (;;) {
    const middle = (below + above) / 2;
    if (above - below < 1e-12 * Math.max(1, middle)) return middle;
    if (falling(middle) > 0) below = middle;
    else above = middle;
  }
}
