import lnGamma from '@stdlib/math-base-special-gammaln';
import { likeliest, truly } from './maximum-likelihood.ts';
import type { Likeliest } from './maximum-likelihood.ts';
import { mean } from './mean.ts';

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
export function gammaGammaLogLikelihood(spendings: Spendings, model: GammaGamma): number {
  return likelihoodOf(spendings)(model);
}

/** The same as function of the parameters: what does not depend on them is summed once. */
function likelihoodOf({ x, mean }: Spendings): (model: GammaGamma) => number {
  const runs = runsOf(x);
  const totals = mean.map((value, at) => value * (x[at] ?? 0));
  let [logs, weighted] = [0, 0];
  for (const [at, value] of mean.entries()) {
    logs += Math.log(value);
    weighted += (x[at] ?? 0) * Math.log(value);
  }
  return ({ p, q, v }) => {
    const ends = q * Math.log(v) - lnGamma(q);
    let sum = p * weighted - logs;
    for (const { n, from, to } of runs) {
      const each = lnGamma(p * n + q) - lnGamma(p * n) + ends + p * n * Math.log(n);
      sum += (to - from) * each - (p * n + q) * sumOfLogs(totals, from, to, v);
    }
    return sum;
  };
}

/** Where so many transactions begin and end among clients in the order of x. */
function runsOf(x: Float64Array): readonly { n: number; from: number; to: number }[] {
  const runs: { n: number; from: number; to: number }[] = [];
  for (const [at, n] of x.entries()) {
    const last = runs.at(-1);
    if (last?.n === n) last.to = at + 1;
    else runs.push({ n, from: at, to: at + 1 });
  }
  return runs;
}

/** Sum of ln(v + total); of a few at a time as the logarithm of their product, which is far from overflowing. */
function sumOfLogs(totals: Float64Array, from: number, to: number, v: number): number {
  let [sum, product] = [0, 1];
  for (let at = from; at < to; at += 1) {
    product *= v + (totals[at] ?? 0);
    if (product > 1e150 || product < 1e-150) [sum, product] = [sum + Math.log(product), 1];
  }
  return sum + Math.log(product);
}

/**
 * The likeliest parameters, in the order p, q, v; null where the search does not settle. It is made in units of the mean value,
 * so that it does not matter in which currency somebody counts.
 */
export function fitGammaGamma(spendings: Spendings): Likeliest | null {
  const unit = mean(spendings.mean);
  if (!(unit > 0)) return null;
  const all = { x: spendings.x, mean: spendings.mean.map((value) => value / unit) };
  const starts = STARTS.map(([p, q]) => [p, q, (q - 1) / p].map(Math.log));
  const some = thinned(all);
  const near = climbed(some, starts);
  if (some.x.length === all.x.length || near === null) return inMoney(truly(near, SHAPES), all, unit);
  return inMoney(truly(climbed(all, [near.logs]), SHAPES), all, unit);
}

function climbed(spendings: Spendings, starts: readonly (readonly number[])[]): Likeliest | null {
  const likelihood = likelihoodOf(spendings);
  return likeliest((logs) => likelihood(gammaGammaOf(logs)), starts);
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
