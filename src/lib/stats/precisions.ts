import gammaln from '@stdlib/math-base-special-gammaln';
import type { Tried } from './beta-binomial.ts';

/** A precision and how probable it is. */
export type Weighed = { readonly precision: number; readonly weight: number };

const NODES = 16;
const ROUNDS = 12;
/** What is less probable than this beside the likeliest is left out. */
const NEGLIGIBLE = 1e-3;

/**
 * What the hits leave open about how much alike people are: precisions with their weights, which sum to 1. Before the data
 * every share φ/(φ + n) of the common rate in an estimate is equally probable, n the harmonic mean of the tries: the uniform
 * shrinkage prior (Christiansen & Morris 1997, JASA 92:618; Daniels 1999, Canadian Journal of Statistics 27:567). An
 * interval at the likeliest precision alone would be too narrow, and a point where that is endless. Empty when nobody tells.
 */
export function precisionsOf(people: readonly Tried[]): Weighed[] {
  const telling = people.filter(({ base, expected }) => base > 0 && expected > 0 && expected < 1);
  if (telling.length === 0) return [];
  const typical = telling.length / telling.reduce((sum, { base }) => sum + 1 / base, 0);
  return weighed(telling, typical, 0, 1, ROUNDS);
}

/** Midpoints of equal pieces of the share, closer together around the likeliest ones until several of them count. */
function weighed(
  people: readonly Tried[],
  typical: number,
  low: number,
  high: number,
  rounds: number,
): Weighed[] {
  const step = (high - low) / NODES;
  const shares = Array.from({ length: NODES }, (_, at) => low + (at + 0.5) * step);
  const precisions = shares.map((share) => (typical * share) / (1 - share));
  const logs = precisions.map((precision) => logLikelihood(people, precision));
  const most = Math.max(...logs);
  const counting = shares.flatMap((_, at) =>
    Math.exp((logs[at] ?? -Infinity) - most) >= NEGLIGIBLE ? [at] : [],
  );
  const [first = 0, last = 0] = [counting[0], counting.at(-1)];
  if (last - first < NODES / 3 && rounds > 0)
    return weighed(
      people,
      typical,
      Math.max(low, low + (first - 1) * step),
      Math.min(high, low + (last + 2) * step),
      rounds - 1,
    );
  const kept = counting.map((at) => ({
    precision: precisions[at] ?? 0,
    weight: Math.exp((logs[at] ?? -Infinity) - most),
  }));
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map(({ precision, weight }) => ({ precision, weight: weight / total }));
}

/** Log-likelihood of the hits at a precision, without the binomial coefficients. */
function logLikelihood(people: readonly Tried[], precision: number): number {
  return people.reduce((sum, { hits, base, expected }) => {
    const [a, b] = [precision * expected, precision * (1 - expected)];
    return sum + lnBeta(hits + a, base - hits + b) - lnBeta(a, b);
  }, 0);
}

function lnBeta(a: number, b: number): number {
  return gammaln(a) + gammaln(b) - gammaln(a + b);
}
