import { mean } from './mean.ts';

/** A step in a series: what the mean after is above that before, its standard error and degrees of freedom. */
export type Step = { readonly effect: number; readonly error: number; readonly df: number };

const MOST_CARRIED = 0.95;

/**
 * The step of a weekly series between the weeks before and those after a day (Box & Tiao 1975, JASA 70:70), when each week carries
 * on a share of the chance of the one before it: first-order autoregression about the two means. That share is the first
 * autocorrelation of what is left when the means are taken off, freed of its bias by (1 + 3φ)/n (Kendall 1954, Biometrika 41:403).
 * Degrees of freedom are those of as many independent weeks as the series is worth, less 2. Two or more values on each side.
 */
export function weeklyStep(before: readonly number[], after: readonly number[]): Step {
  const [low, high] = [mean(before), mean(after)];
  const left = [...before.map((value) => value - low), ...after.map((value) => value - high)];
  const n = left.length;
  const squares = left.reduce((sum, value) => sum + value * value, 0);
  const carried = carriedShare(left, squares, before.length);
  const lostToMeans = spread(carried, before.length) + spread(carried, after.length);
  const variance = squares / Math.max(n - lostToMeans, 1);
  const error = Math.sqrt(
    variance *
      (spread(carried, before.length) / before.length + spread(carried, after.length) / after.length),
  );
  const worth = (n * (1 - carried)) / (1 + carried);
  return { effect: high - low, error, df: Math.max(Math.min(worth, n) - 2, 1) };
}

/** First autocorrelation within each side, freed of its bias, between 0 and 0.95. */
function carriedShare(left: readonly number[], squares: number, start: number): number {
  if (squares === 0) return 0;
  let products = 0;
  for (let at = 1; at < left.length; at += 1)
    if (at !== start) products += (left[at] ?? 0) * (left[at - 1] ?? 0);
  const raw = products / squares;
  return Math.min(Math.max(raw + (1 + 3 * Math.max(raw, 0)) / left.length, 0), MOST_CARRIED);
}

/** By how much the variance of a mean of so many weeks exceeds that of independent ones: 1 + 2 Σ (1 − k/weeks) φ^k. */
function spread(carried: number, weeks: number): number {
  let sum = 1;
  for (let lag = 1; lag < weeks; lag += 1) sum += 2 * (1 - lag / weeks) * carried ** lag;
  return sum;
}
