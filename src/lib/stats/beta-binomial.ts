import { root } from './significance.ts';

/** What somebody made of `base` tries: 0 ≤ hits ≤ base. */
export type Tries = { readonly hits: number; readonly base: number };

/** Tries of somebody of whom a rate of 0…1 is to be expected. */
export type Tried = Tries & { readonly expected: number };

/** One rate for all, and φ: how many tries weigh as much as knowing nothing of a person but that rate. */
export type Common = { readonly expected: number; readonly precision: number };

/** ln φ is sought between these; beyond the upper one people are taken not to differ. */
const [LOWEST, HIGHEST] = [-7, 16];

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
 * α = precision · expected, β = precision · (1 − expected). Null without a try. Sums over tries as in Griffiths 1973,
 * Biometrics 29:637.
 */
export function commonRate(people: readonly Tries[]): Common | null {
  const base = people.reduce((sum, one) => sum + one.base, 0);
  if (base === 0) return null;
  const pooled = people.reduce((sum, one) => sum + one.hits, 0) / base;
  if (pooled === 0 || pooled === 1) return { expected: pooled, precision: Infinity };
  const reached = {
    hits: reach(people.map(({ hits }) => hits)),
    misses: reach(people.map(({ hits, base }) => base - hits)),
    base: reach(people.map(({ base }) => base)),
  };
  const precisionAt = (expected: number) =>
    highestAt(
      excessOf(people.map((one) => ({ ...one, expected }))),
      (precision) =>
        expected * gainOfAll(precision * expected, reached.hits) +
        (1 - expected) * gainOfAll(precision * (1 - expected), reached.misses) -
        gainOfAll(precision, reached.base),
    );
  const rateAt = (precision: number) =>
    root(
      (rate) => gainOfAll(precision * rate, reached.hits) - gainOfAll(precision * (1 - rate), reached.misses),
      0,
      1,
    );
  let found: Common = { expected: pooled, precision: precisionAt(pooled) };
  for (let step = 0; step < 100 && found.precision !== Infinity; step += 1) {
    const expected = rateAt(found.precision);
    const settled = Math.abs(expected - found.expected) < 1e-11;
    found = { expected, precision: precisionAt(expected) };
    if (settled) break;
  }
  return found.precision === Infinity ? { expected: pooled, precision: Infinity } : found;
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

/** ψ(a + tries) − ψ(a), ψ the digamma function, as the sum of 1/(a + j). */
function gain(a: number, tries: number): number {
  let sum = 0;
  for (let j = 0; j < tries; j += 1) sum += 1 / (a + j);
  return sum;
}

/** The same, added up over people: `reached[j]` of them have more than j. */
function gainOfAll(a: number, reached: readonly number[]): number {
  return reached.reduce((sum, people, j) => sum + people / (a + j), 0);
}

/** How many counts are greater than 0, than 1, … */
function reach(counts: readonly number[]): number[] {
  const reached = new Array<number>(Math.max(0, ...counts)).fill(0);
  for (const count of counts) if (count > 0) reached[count - 1] = (reached[count - 1] ?? 0) + 1;
  for (let j = reached.length - 2; j >= 0; j -= 1) reached[j] = (reached[j] ?? 0) + (reached[j + 1] ?? 0);
  return reached;
}
