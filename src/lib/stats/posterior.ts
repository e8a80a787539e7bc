import betainc from '@stdlib/math-base-special-betainc';
import type { Tried } from './beta-binomial.ts';
import type { Weighed } from './precisions.ts';

/** What is known of somebody's true rate: how probable it is that it is at most x. */
export type Posterior = (x: number) => number;

/** How exactly a quantile is found: a millionth of a percentage point. */
const FINE = 1e-8;

/**
 * The posterior of a rate: Beta(φe + y, φ(1 − e) + n − y), averaged over what is left open about φ. Without any precision
 * (nobody tells), and where 0 or 1 is expected, all weight is on what is expected.
 */
export function posteriorOf({ hits, base, expected }: Tried, precisions: readonly Weighed[]): Posterior {
  const parts = precisions.map(({ precision, weight }) => ({
    a: precision * expected + hits,
    b: precision * (1 - expected) + base - hits,
    weight,
  }));
  if (parts.length === 0 || parts.some(({ a, b }) => a <= 0 || b <= 0)) return (x) => (x >= expected ? 1 : 0);
  return (x) =>
    x <= 0 ? 0 : x >= 1 ? 1 : parts.reduce((sum, { a, b, weight }) => sum + weight * betainc(x, a, b), 0);
}

/** The rate below which it lies with that probability; by bisection. */
export function quantileOf(posterior: Posterior, probability: number): number {
  let [low, high] = [0, 1];
  while (high - low > FINE) {
    const middle = (low + high) / 2;
    if (posterior(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
