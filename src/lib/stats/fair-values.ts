import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Posterior } from './posterior.ts';
import { placesOf, rankIntervals } from './ranks.ts';

/** The columns of staff_values that the comparison needs and fills. Money as decimal text. Domain: "Staff". */
export type Valued = {
  readonly asked: boolean;
  readonly base: number;
  readonly per_unit: string;
  readonly error: number | null;
  readonly expected: string | null;
  readonly fallback_base: number;
  readonly shrunken: string | null;
  readonly difference: string | null;
  readonly difference_low: string | null;
  readonly difference_high: string | null;
  readonly verdict: string | null;
  readonly rank: number | null;
  readonly rank_low: number | null;
  readonly rank_high: number | null;
  readonly alike: number | null;
  readonly ranked: number;
};

/** A mean, what was expected of it, and the variance of its error. */
type Mean = { readonly value: number; readonly expected: number; readonly variance: number };

/** A width of the distribution of true means, and how probable it is. */
type Width = { readonly variance: number; readonly weight: number };

/** What is known of somebody's true mean less what was expected: its mean, and how it is distributed. */
type Known = {
  readonly mean: number;
  readonly below: Posterior;
  readonly low: number;
  readonly high: number;
};

/** Fewer units than this are too few to say. */
const FEWEST_UNITS = 10;
const WIDTHS = 60;
/** The widest distribution of true means that is thought of, as a multiple of the largest difference there is. */
const WIDEST = 2;
const [TAIL, NEARLY_ALL] = [0.025, 0.0005];

/**
 * Completes people with the shrunken mean, its 95 % posterior interval, a verdict and the places they may hold. True means
 * are normal around what is expected of each person; their spread is unknown, any up to twice the largest difference as
 * likely as any other (Gelman 2006, Bayesian Analysis 1:515), and averaged over. Only rows that are `asked` come back.
 */
export function fairValues<Row extends Valued>(rows: readonly Row[]): Row[] {
  const widths = widthsOf(rows.flatMap((row) => meanOf(row) ?? []));
  const judged = rows.map((row) => ({ row, known: knownOf(meanOf(row), widths) }));
  const ranked = judged.filter(({ row, known }) => known !== null && verdictOf(row, known) in RANKED);
  const places = rankIntervals(ranked.map(({ known }) => known ?? { below: () => 1, low: 0, high: 0 }));
  return judged
    .filter(({ row }) => row.asked)
    .map((one) => ({
      ...one.row,
      ...estimateOf(one.row, one.known),
      verdict: verdictOf(one.row, one.known),
      ...placesOf(places[ranked.indexOf(one)], ranked.length),
    }));
}

const RANKED: Readonly<Record<string, true>> = { above: true, as_expected: true, below: true };

function meanOf({ per_unit, expected, error }: Valued): Mean | null {
  if (expected === null || error === null || error === 0) return null;
  return { value: Number(per_unit), expected: Number(expected), variance: error * error };
}

/** How probable each width of the distribution of true means is, given all means; nothing where there is none. */
function widthsOf(means: readonly Mean[]): Width[] {
  const most = WIDEST * Math.max(0, ...means.map(({ value, expected }) => Math.abs(value - expected)));
  if (most === 0) return [];
  const tried = Array.from({ length: WIDTHS }, (_, at) => {
    const variance = ((most * (at + 0.5)) / WIDTHS) ** 2;
    const log = means.reduce((sum, mean) => {
      const spread = variance + mean.variance;
      return sum - Math.log(spread) / 2 - (mean.value - mean.expected) ** 2 / (2 * spread);
    }, 0);
    return { variance, log };
  });
  const highest = Math.max(...tried.map(({ log }) => log));
  const total = tried.reduce((sum, { log }) => sum + Math.exp(log - highest), 0);
  return tried.map(({ variance, log }) => ({ variance, weight: Math.exp(log - highest) / total }));
}

function knownOf(mean: Mean | null, widths: readonly Width[]): Known | null {
  if (mean === null || widths.length === 0) return null;
  const parts = widths.map(({ variance, weight }) => {
    const share = variance / (variance + mean.variance);
    return { weight, at: share * (mean.value - mean.expected), spread: Math.sqrt(share * mean.variance) };
  });
  const below = (x: number) =>
    parts.reduce((sum, { weight, at, spread }) => sum + weight * normalCdf(x, at, spread), 0);
  const reach = Math.abs(mean.value - mean.expected) + 10 * Math.sqrt(mean.variance);
  return {
    mean: parts.reduce((sum, { weight, at }) => sum + weight * at, 0),
    below,
    low: quantile(below, NEARLY_ALL, reach),
    high: quantile(below, 1 - NEARLY_ALL, reach),
  };
}

function estimateOf({ expected }: Valued, known: Known | null) {
  if (known === null) return {};
  const { mean, below, low, high } = known;
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return {
    shrunken: (Number(expected) + mean).toFixed(2),
    difference: mean.toFixed(2),
    difference_low: quantile(below, TAIL, reach).toFixed(2),
    difference_high: quantile(below, 1 - TAIL, reach).toFixed(2),
  };
}

function verdictOf({ base, fallback_base, expected }: Valued, known: Known | null): string {
  if (expected === null) return 'nobody_else';
  if (base < FEWEST_UNITS || known === null) return 'too_early';
  if (fallback_base * 2 > base) return 'not_separable';
  const chance = known.below(0);
  if (chance < TAIL) return 'above';
  return chance > 1 - TAIL ? 'below' : 'as_expected';
}

/** The difference below which it lies with that probability, within ±reach; by bisection. */
function quantile(below: Posterior, probability: number, reach: number): number {
  let [low, high] = [-reach, reach];
  while (high - low > reach * 1e-9) {
    const middle = (low + high) / 2;
    if (below(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
