import { newcombeZ, root, upperQuantile } from './significance.ts';

/** How often a true change of the size that is asked for would be called. */
const POWER = 0.8;

/** What the size of a noticeable fall depends on. `usual_spread` and `df` as in the report funnel_change. */
export type Sensitivity = {
  readonly method: string | null;
  readonly reference: number | null;
  readonly reference_weeks: number;
  readonly usual_spread: number | null;
  readonly df: number | null;
  readonly base: number | null;
  readonly reference_hits: number | null;
  readonly reference_base: number | null;
};

/**
 * The smallest relative fall from the reference (0…1) whose p value is at most `level` in four of five such periods;
 * null where not even a fall to nothing would be.
 *
 * Counts and sums: the fall d with μd = δ·σ√(1 − d·m/(m + 1)), because the asked period's share of the variance falls
 * with it; μ the reference, σ its usual spread, m its periods. Ratios of a usual range: ln(1 − d) = −δ·σ, where the variance
 * of a week is taken to grow by 1/(1 − d) with its fewer hits. Nested proportions: the fall whose expected hits lie δ apart
 * in `newcombeZ`. δ is `shiftToNotice`. All are approximations: in simulations such falls are noticed in 75 to 85 %.
 */
export function detectableDrop(row: Sensitivity, level: number): number | null {
  const fall = fallOf(row, level);
  return fall === null || fall >= 1 ? null : fall;
}

function fallOf(row: Sensitivity, level: number): number | null {
  if (row.method === 'newcombe') return nestedFall(row, shiftToNotice(level, null)(1));
  const { reference, reference_weeks, usual_spread } = row;
  if (usual_spread === null || !reference || reference_weeks === 0) return null;
  return row.method === 'log_ratio'
    ? logFall(usual_spread, reference_weeks, shiftToNotice(level, row.df))
    : sumFall(usual_spread / reference, reference_weeks, shiftToNotice(level, row.df)(1));
}

/** How many standard deviations above what must be passed the truth lies, to pass it with the power. */
const RESERVE = upperQuantile(1 - POWER, null);

/**
 * The true difference, in spreads, that passes the two-sided level with the power 0.8, by the variance of the difference
 * when it is there, over that of the spread. Where the spread is estimated with `df` degrees of freedom, the normal
 * approximation of the noncentral t: P(T ≤ t) = Φ((t(1 − 1/4ν) − δ)/√(1 + t²/2ν)), Abramowitz & Stegun 1964, 26.7.10.
 */
export function shiftToNotice(level: number, df: number | null): (variance: number) => number {
  const quantile = upperQuantile(level / 2, df);
  if (df === null) return (variance) => quantile + RESERVE * Math.sqrt(variance);
  return (variance) =>
    quantile * (1 - 1 / (4 * df)) + RESERVE * Math.sqrt(variance + quantile ** 2 / (2 * df));
}

/** The fall of a count or sum whose spread is `spread` times its reference of `weeks` periods. */
function sumFall(spread: number, weeks: number, shift: number): number {
  const square = (shift * spread) ** 2;
  const share = (square * weeks) / (weeks + 1);
  return (Math.sqrt(share ** 2 + 4 * square) - share) / 2;
}

/** The fall of a ratio whose logarithm has this spread, sought up to 98 %. */
function logFall(spread: number, weeks: number, shiftOf: (variance: number) => number): number | null {
  const beyond = (kept: number) =>
    -Math.log(kept) - spread * shiftOf((1 / kept + 1 / weeks) / (1 + 1 / weeks));
  return beyond(0.02) > 0 ? 1 - root(beyond, 0.02, 1) : null;
}

function nestedFall({ base, reference_hits, reference_base }: Sensitivity, shift: number) {
  if (!base || !reference_hits || !reference_base) return null;
  const before = { hits: reference_hits, base: reference_base };
  const after = (kept: number) => ({ hits: (base * kept * reference_hits) / reference_base, base });
  return newcombeZ(after(0), before) < shift
    ? null
    : 1 - root((kept) => newcombeZ(after(kept), before) - shift, 0, 1);
}
