import { likeliest, truly } from './maximum-likelihood.ts';
import type { Likeliest } from './maximum-likelihood.ts';

/**
 * How clients bought, column by column: x repeat transactions, the last of them `recency` after the first one, looked at
 * `age` after it; `people` clients have the same history. Times in any one unit.
 */
export type Histories = {
  readonly x: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  readonly people: Float64Array;
};

/**
 * BG/NBD: while alive a client buys at a rate λ ~ Gamma(r, α) per unit of time, and after each purchase is lost with
 * probability p ~ Beta(a, b).
 */
export type BgNbd = { readonly r: number; readonly alpha: number; readonly a: number; readonly b: number };

/** One client's history. */
export type History = { readonly x: number; readonly recency: number; readonly age: number };

/** So many histories are enough to come near the highest point; the last steps are taken on all. */
const ENOUGH = 5_000;
/** Which parameters are shapes, without a unit. */
const SHAPES = [0, 2, 3];
const STARTS: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [0.25, 0.8, 2.5],
  [2, 0.5, 5],
];

/**
 * Log-likelihood of histories. Fader, Hardie & Lee 2005, "Counting Your Customers" the Easy Way, Marketing Science 24:275,
 * equation 6, with the two ways of having bought last (still alive; lost then) added up as logarithms.
 */
export function bgNbdLogLikelihood(
  { x, recency, age, people }: Histories,
  { r, alpha, a, b }: BgNbd,
): number {
  const most = x.reduce((highest, value) => Math.max(highest, value), 0);
  const bought = new Float64Array(most + 1);
  for (let n = 0; n < most; n += 1)
    bought[n + 1] = (bought[n] ?? 0) + Math.log((r + n) * (b + n)) - Math.log(a + b + n);
  const [start, lost] = [r * Math.log(alpha), Math.log(a)];
  let sum = 0;
  for (let at = 0; at < x.length; at += 1) {
    const n = x[at] ?? 0;
    const alive = -(r + n) * Math.log(alpha + (age[at] ?? 0));
    const gone =
      n > 0 ? lost - Math.log(b + n - 1) - (r + n) * Math.log(alpha + (recency[at] ?? 0)) : -Infinity;
    const higher = Math.max(alive, gone);
    const either = higher + Math.log1p(Math.exp(Math.min(alive, gone) - higher));
    sum += (people[at] ?? 0) * (start + (bought[n] ?? 0) + either);
  }
  return sum;
}

/** The likeliest parameters, in the order r, α, a, b; null where the search does not settle. */
export function fitBgNbd(histories: Histories): Likeliest | null {
  const scale = meanOf(histories.age, histories.people);
  if (!(scale > 0)) return null;
  const starts = STARTS.map(([r, a, b]) => [r, scale * r, a, b].map(Math.log));
  const some = thinned(histories);
  const near = likeliest((logs) => bgNbdLogLikelihood(some, bgNbdOf(logs)), starts);
  if (some === histories || near === null) return truly(near, SHAPES);
  return truly(
    likeliest((logs) => bgNbdLogLikelihood(histories, bgNbdOf(logs)), [near.logs]),
    SHAPES,
  );
}

/** Parameters from their logarithms. */
export function bgNbdOf(logs: readonly number[]): BgNbd {
  const [r = NaN, alpha = NaN, a = NaN, b = NaN] = logs.map(Math.exp);
  return { r, alpha, a, b };
}

/** Probability that a client is still alive at `age`. Fader, Hardie & Lee 2008, "Computing P(alive) Using the BG/NBD Model". */
export function alive({ r, alpha, a, b }: BgNbd, { x, recency, age }: History): number {
  if (x === 0) return 1;
  const odds = Math.log(a / (b + x - 1)) + (r + x) * Math.log((alpha + age) / (alpha + recency));
  return 1 / (1 + Math.exp(odds));
}

/** Expected transactions of a client in the `time` after `age`. Fader, Hardie & Lee 2005, equation 10. */
export function expectedTransactions(model: BgNbd, history: History, time: number): number {
  const { r, alpha, a, b } = model;
  const { x, age } = history;
  const rising = (shape: number) => {
    const from = alpha + age;
    const series = gaussSeries(r + x, b + x, shape + b + x - 1, time / (from + time));
    return ((shape + b + x - 1) / (shape - 1)) * (1 - (from / (from + time)) ** (r + x) * series);
  };
  return aroundOne(a, rising) * alive(model, history);
}

/** Expected repeat transactions of somebody of whom nothing is known but the first one, `time` after it; equation 9. */
export function expectedOfNew(model: BgNbd, time: number): number {
  return expectedTransactions(model, { x: 0, recency: 0, age: 0 }, time);
}

/** A value that has a hole where a = 1: there the mean of both sides, which errs by the square of the distance. */
function aroundOne(a: number, value: (a: number) => number): number {
  const NEAR = 1e-4;
  return Math.abs(a - 1) < NEAR ? (value(1 - NEAR) + value(1 + NEAR)) / 2 : value(a);
}

/** Gauss's ₂F₁(a, b; c; z) as its series, for 0 ≤ z < 1. Abramowitz & Stegun 1964, 15.1.1. */
function gaussSeries(a: number, b: number, c: number, z: number): number {
  let [sum, term] = [1, 1];
  for (let n = 0; n < 100_000; n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    if (Math.abs(term) < 1e-15 * Math.abs(sum) && n > a + b) break;
  }
  return sum;
}

function meanOf(values: Float64Array, weights: Float64Array): number {
  let [sum, weight] = [0, 0];
  for (const [at, value] of values.entries()) {
    sum += value * (weights[at] ?? 0);
    weight += weights[at] ?? 0;
  }
  return sum / weight;
}

/** Every so manieth history, so that about ENOUGH are left; all where there are no more. */
function thinned(histories: Histories): Histories {
  const every = Math.ceil(histories.x.length / ENOUGH);
  if (every <= 1) return histories;
  const some = (values: Float64Array) => values.filter((_, at) => at % every === 0);
  const { x, recency, age, people } = histories;
  return { x: some(x), recency: some(recency), age: some(age), people: some(people) };
}
