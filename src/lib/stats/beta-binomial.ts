import { root } from './significance.ts';

/** What somebody made of `base` tries: 0 ≤ hits ≤ base. */
export type Tries = { readonly hits: number; readonly base: number };

/** Tries of somebody of whom a rate of 0…1 is to be expected. */
export type Tried = Tries & { readonly expected: number };

/** One rate for all, and φ: how many tries weigh as much as knowing nothing of a person but that rate. */
export type Common = { readonly expected: number; readonly precision: number };

/** ln φ is sought between these; beyond the upper one people are taken not to differ. */
const [LOWEST, HIGHEST] = [-7, 16];
const MOST_STEPS = 100;
/** Where the series of ψ begins to be good. */
const SMALL = 20;

/**
 * How much alike people are: φ of θ_i ~ Beta(φe_i, φ(1 − e_i)) where the beta-binomial likelihood of the hits is highest
 * (Skellam 1948, JRSS B 10:257; as empirical Bayes: Casella 1985, The American Statistician 39:83). Infinity where hits
 * scatter no more than by chance, and where nobody can tell. Of whom 0 or 1 is expected says nothing.
 */
export function precisionOf(people: readonly Tried[]): number {
  const telling = people.filter(({ expected }) => expected > 0 && expected < 1);
  return highestAt(excessOf(telling), (precision) =>
    telling.reduce((sum, one) => sum + slopeOf(one, precision), 0),
  );
}

/**
 * The rate and precision of all together, both where the likelihood is highest: the plain beta-binomial with
 * α = precision · expected, β = precision · (1 − expected); one is sought after the other until neither moves. Null without
 * a try.
 */
export function commonRate(people: readonly Tries[]): Common | null {
  const base = people.reduce((sum, one) => sum + one.base, 0);
  if (base === 0) return null;
  const pooled = people.reduce((sum, one) => sum + one.hits, 0) / base;
  if (pooled === 0 || pooled === 1) return { expected: pooled, precision: Infinity };
  const precisionAt = (expected: number) => precisionOf(people.map((one) => ({ ...one, expected })));
  let found: Common = { expected: pooled, precision: precisionAt(pooled) };
  for (let step = 0; step < MOST_STEPS && found.precision !== Infinity; step += 1) {
    const expected = rateAt(people, found.precision);
    const settled = Math.abs(expected - found.expected) < 1e-11;
    found = { expected, precision: precisionAt(expected) };
    if (settled) return found;
  }
  return found.precision === Infinity ? { expected: pooled, precision: Infinity } : found;
}

/** The likeliest rate of all at a precision. */
function rateAt(people: readonly Tries[], precision: number): number {
  const slope = (rate: number) =>
    people.reduce(
      (sum, { hits, base }) => sum + gain(precision * rate, hits) - gain(precision * (1 - rate), base - hits),
      0,
    );
  return root(slope, 0, 1);
}

/** Where a slope in φ that is first positive turns negative; Infinity without an excess over chance. */
function highestAt(excess: number, slope: (precision: number) => number): number {
  if (excess <= 0) return Infinity;
  const log = root((ln) => slope(Math.exp(ln)), LOWEST, HIGHEST);
  return log >= HIGHEST ? Infinity : Math.exp(log);
}

/**
 * Slope of the log-likelihood in 1/φ at 0, that is, where people do not differ: positive when hits scatter more than by
 * chance. Tarone 1979, Biometrika 66:585.
 */
function excessOf(people: readonly Tried[]): number {
  return people.reduce((sum, { hits, base, expected }) => {
    const misses = base - hits;
    return (
      sum +
      ((hits * (hits - 1)) / expected + (misses * (misses - 1)) / (1 - expected) - base * (base - 1)) / 2
    );
  }, 0);
}

/** Slope of the log-likelihood of one person in φ. */
function slopeOf({ hits, base, expected }: Tried, precision: number): number {
  return (
    expected * gain(precision * expected, hits) +
    (1 - expected) * gain(precision * (1 - expected), base - hits) -
    gain(precision, base)
  );
}

/**
 * ψ(a + tries) − ψ(a), ψ the digamma function: the sum of 1/(a + j) over j < tries. Terms are added up while a + j is small;
 * the rest is the difference of ψ's asymptotic series, good to 1e-15 there (Abramowitz & Stegun 1964, 6.3.6 and 6.3.18).
 */
function gain(a: number, tries: number): number {
  let sum = 0;
  let done = 0;
  for (; done < tries && (a + done < SMALL || tries < SMALL); done += 1) sum += 1 / (a + done);
  if (done === tries) return sum;
  const [low, high] = [a + done, a + tries];
  return sum + Math.log1p((tries - done) / low) - remainder(high) + remainder(low);
}

/** ln x − ψ(x) for x ≥ 20. */
function remainder(x: number): number {
  const square = 1 / (x * x);
  return 1 / (2 * x) + square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)));
}
