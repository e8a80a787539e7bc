import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Found, Scale, Trouble } from './effect.ts';
import { upperQuantile } from './significance.ts';

/** What was believed of an effect before: normal, of the difference or relative to the control. */
export type Prior = { readonly mean: number; readonly variance: number; readonly scale: Scale };

/** What is believed of a difference after the experiment; null everywhere where there is trouble. */
export type Belief = {
  readonly trouble: Trouble | null;
  readonly estimate: number | null;
  readonly error: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Probability that the treatment is better. */
  readonly chance: number | null;
  /** Expected loss of staying with the control where the treatment is better. */
  readonly riskOfControl: number | null;
  /** Expected loss of taking the treatment where the control is better. */
  readonly riskOfTreatment: number | null;
};

const unknown = { estimate: null, error: null, low: null, high: null, chance: null };

/**
 * Normal posterior of a difference: precisions add up, 1/σ² = 1/prior + 1/error², the mean is weighted by them; without a prior (flat)
 * it is the estimate with its standard error. The interval holds 1 − alpha of it, 0 < alpha ≤ 0.5. Chance to win is P(effect > 0), the
 * risks are E max(effect, 0) and E max(−effect, 0) = σφ(μ/σ) ∓ μΦ(∓μ/σ); with `lessIsBetter` the two change places. Gelman et al.
 * 2013, Bayesian Data Analysis, 2.5; Stucchio 2015, Bayesian A/B Testing at VWO.
 */
export function chanceToWin(
  found: Found,
  {
    scale,
    prior = null,
    alpha = 0.05,
    lessIsBetter = false,
  }: { scale: Scale; prior?: Prior | null; alpha?: number; lessIsBetter?: boolean },
): Belief {
  if (found.trouble !== null)
    return { trouble: found.trouble, ...unknown, riskOfControl: null, riskOfTreatment: null };
  const believed = prior === null ? null : onScale(prior, scale, found.baseline);
  const precision = 1 / found.error ** 2 + (believed === null ? 0 : 1 / believed.variance);
  const pull = believed === null ? 0 : believed.mean / believed.variance;
  const estimate = (found.estimate / found.error ** 2 + pull) / precision;
  const error = 1 / Math.sqrt(precision);
  const reach = upperQuantile(alpha / 2, null) * error;
  const [gain, loss] = [partBeyond(estimate, error), partBeyond(-estimate, error)];
  return {
    trouble: null,
    estimate,
    error,
    low: estimate - reach,
    high: estimate + reach,
    chance: normalCdf(lessIsBetter ? -estimate / error : estimate / error, 0, 1),
    riskOfControl: lessIsBetter ? loss : gain,
    riskOfTreatment: lessIsBetter ? gain : loss,
  };
}

function onScale({ mean, variance, scale }: Prior, wanted: Scale, baseline: number) {
  if (scale === wanted) return { mean, variance };
  const times = wanted === 'absolute' ? Math.abs(baseline) : 1 / Math.abs(baseline);
  return { mean: mean * times, variance: variance * times ** 2 };
}

/** E max(x, 0) of a normal x. */
function partBeyond(mean: number, error: number): number {
  const z = mean / error;
  return Math.max(0, (error * Math.exp(-(z ** 2) / 2)) / Math.sqrt(2 * Math.PI) + mean * normalCdf(z, 0, 1));
}
