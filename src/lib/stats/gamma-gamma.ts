import lnGamma from '@stdlib/math-base-special-gammaln';
import { likeliest, truly } from './maximum-likelihood.ts';
import type { Likeliest } from './maximum-likelihood.ts';

/** What clients spent, column by column: mean value of x ≥ 1 transactions, in the order of x. */
export type Spendings = { readonly x: Float64Array; readonly mean: Float64Array };

/** Gamma–gamma: values of a client's transactions are Gamma(p, ν), where ν ~ Gamma(q, v) differs from client to client. */
export type GammaGamma = { readonly p: number; readonly q: number; readonly v: number };

const ENOUGH = 5_000;
/** Which parameters are shapes, without a unit. */
const SHAPES = [0, 1];
const STARTS: readonly (readonly [number, number])[] = [
  [1, 2],
  [6, 4],
  [20, 10],
];

/** Log-likelihood of mean values. Fader & Hardie 2013, "The Gamma-Gamma Model of Monetary Value", equation 1a. */
export function gammaGammaLogLikelihood({ x, mean }: Spendings, { p, q, v }: GammaGamma): number {
  const ends = q * Math.log(v) - lnGamma(q);
  let [sum, last, ofX] = [0, NaN, 0];
  for (const [at, n] of x.entries()) {
    if (n !== last) ofX = lnGamma(p * n + q) - lnGamma(p * n) + ends + p * n * Math.log(n);
    last = n;
    const value = mean[at] ?? 0;
    sum += ofX + (p * n - 1) * Math.log(value) - (p * n + q) * Math.log(v + value * n);
  }
  return sum;
}

/**
 * The likeliest parameters, in the order p, q, v; null where the search does not settle. It is made in units of the mean value,
 * so that it does not matter in which currency somebody counts.
 */
export function fitGammaGamma(spendings: Spendings): Likeliest | null {
  const unit = spendings.mean.reduce((sum, value) => sum + value, 0) / spendings.mean.length;
  if (!(unit > 0)) return null;
  const all = { x: spendings.x, mean: spendings.mean.map((value) => value / unit) };
  const starts = STARTS.map(([p, q]) => [p, q, (q - 1) / p].map(Math.log));
  const some = thinned(all);
  const near = likeliest((logs) => gammaGammaLogLikelihood(some, gammaGammaOf(logs)), starts);
  if (some.x.length === all.x.length || near === null) return inMoney(truly(near, SHAPES), all, unit);
  const found = likeliest((logs) => gammaGammaLogLikelihood(all, gammaGammaOf(logs)), [near.logs]);
  return inMoney(truly(found, SHAPES), all, unit);
}

/** What was found in units of so much money, in money: v is that much larger, and each mean value that much less dense. */
function inMoney(found: Likeliest | null, { x }: Spendings, unit: number): Likeliest | null {
  if (found === null) return null;
  const [p = NaN, q = NaN, v = NaN] = found.logs;
  return {
    logs: [p, q, v + Math.log(unit)],
    logLikelihood: found.logLikelihood - x.length * Math.log(unit),
    covariance: found.covariance,
  };
}

/** Parameters from their logarithms. */
export function gammaGammaOf(logs: readonly number[]): GammaGamma {
  const [p = NaN, q = NaN, v = NaN] = logs.map(Math.exp);
  return { p, q, v };
}

/**
 * Expected mean value of a client's transactions, given that x of them had a mean value; with x = 0 that of the population.
 * Fader & Hardie 2013, equation 5. Null where it does not exist (px + q ≤ 1).
 */
export function expectedValue({ p, q, v }: GammaGamma, x: number, mean: number): number | null {
  const known = p * x + q - 1;
  return known > 0 ? (p * (v + mean * x)) / known : null;
}

function thinned({ x, mean }: Spendings): Spendings {
  const every = Math.ceil(x.length / ENOUGH);
  const some = (values: Float64Array) => values.filter((_, at) => at % every === 0);
  return { x: some(x), mean: some(mean) };
}
