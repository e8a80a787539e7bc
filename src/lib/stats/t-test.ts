import type { Effect, Found, Trouble } from './effect.ts';
import { lowerTail, upperQuantile } from './significance.ts';

/** Which differences are looked for: any, gains only, or losses only. */
export type Side = 'both' | 'greater' | 'less';

/** A tested difference. An end without a bound is null; so is everything where there is trouble. */
export type Tested = {
  readonly trouble: Trouble | null;
  readonly estimate: number | null;
  readonly error: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** How probable at least such a difference would be without any. */
  readonly p: number | null;
};

/** What is said where arms cannot be compared. */
export const untested = (trouble: Trouble): Tested => ({
  trouble,
  estimate: null,
  error: null,
  low: null,
  high: null,
  p: null,
});

/**
 * Welch's t test of a difference, with its interval at the level 1 − alpha, 0 < alpha ≤ 0.5. For one side the interval has one end,
 * at alpha. Valid for one look at a size fixed before; who looks every day needs `alwaysValid`. Welch 1947, Biometrika 34:28.
 */
export function tTest(found: Found, alpha = 0.05, side: Side = 'both'): Tested {
  if (found.trouble !== null) return untested(found.trouble);
  const reach = upperQuantile(side === 'both' ? alpha / 2 : alpha, found.df) * found.error;
  return withReach(found, reach, side, pOf(found, side));
}

/** A difference with an interval of that half width. */
export function withReach(effect: Effect, reach: number, side: Side, p: number | null): Tested {
  return {
    trouble: null,
    estimate: effect.estimate,
    error: effect.error,
    low: side === 'less' ? null : effect.estimate - reach,
    high: side === 'greater' ? null : effect.estimate + reach,
    p,
  };
}

function pOf({ estimate, error, df }: Effect, side: Side): number {
  const t = estimate / error;
  if (side === 'both') return 2 * lowerTail(-Math.abs(t), df);
  return lowerTail(side === 'greater' ? -t : t, df);
}
