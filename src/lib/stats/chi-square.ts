import gammaln from '@stdlib/math-base-special-gammaln';
import { pOfZ } from './significance.ts';

/**
 * Probability that chi-square with a whole number of degrees of freedom is at least `x`: closed for one and two degrees,
 * and by the recurrence of the incomplete gamma function from there (Abramowitz & Stegun 1964, 26.4.8). 1 for x ≤ 0.
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (x <= 0) return 1;
  if (degrees === 1) return pOfZ(Math.sqrt(x), null);
  if (degrees === 2) return Math.exp(-x / 2);
  const half = degrees / 2 - 1;
  return chiSquareTail(x, degrees - 2) + Math.exp(half * Math.log(x / 2) - x / 2 - gammaln(half + 1));
}
