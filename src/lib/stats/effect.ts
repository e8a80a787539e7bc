import { covarianceOf, levelOf, slopesOf, withoutBefore } from './arms.ts';
import type { Arm } from './arms.ts';
import { habitSlope } from './habit.ts';
import { bilinear } from './matrices.ts';
import { quantileVariance } from './quantile-arm.ts';
import type { QuantileArm } from './quantile-arm.ts';

/** Why two arms cannot be compared: an arm does not vary (or has too few units), or the control has nothing to compare with. */
export type Trouble = 'no_variance' | 'zero_baseline';

/** What a difference is: of the levels, or of the levels ÷ the control's absolute level. */
export type Scale = 'absolute' | 'relative';

/** A difference between two arms. */
export type Effect = {
  readonly trouble: null;
  /** Treatment minus control. */
  readonly estimate: number;
  /** Its standard error, > 0. */
  readonly error: number;
  /** Units of both arms. */
  readonly units: number;
  /** Degrees of freedom of the standard error (Welch 1947, Biometrika 34:28). */
  readonly df: number;
  /** The control's level, not adjusted. */
  readonly baseline: number;
};

/** A difference, or why there is none. */
export type Found = Effect | { readonly trouble: Trouble };

/** One arm as a comparison needs it: level with and without adjustment, and variance of a unit. */
type Level = {
  readonly n: number;
  readonly level: number;
  readonly plain: number;
  readonly variance: number;
  readonly varies: boolean;
};

/**
 * Difference of two arms' means, proportions, ratios or quantiles with its standard error by the delta method; with the time
 * before (CUPED, see `habitSlope`, or a `slope` that is given) where both arms know it.
 *
 * With levels f (adjusted: after − θ·before) and unadjusted levels u: absolute f_B − f_A, variance v_B/n_B + v_A/n_A; relative
 * (f_B − f_A)/|u_A|, variance v_B/(n_B u_A²) and, of the control, the derivatives −(w/u_A²)·∂u + (θ/|u_A|)·∂before with w = u_B
 * for means and u_A + f_B − f_A for adjusted ratios. Deng, Xu, Kohavi & Walker 2013 (WSDM, 123); Deng, Knoblich & Lu 2018 (KDD,
 * 233).
 */
export function effectOf(
  control: Arm | QuantileArm,
  treatment: Arm | QuantileArm,
  scale: Scale,
  slope?: number,
): Found {
  if (control.kind === 'quantile' || treatment.kind === 'quantile')
    return control.kind === 'quantile' && treatment.kind === 'quantile'
      ? compared(quantileLevel(control), quantileLevel(treatment), scale, null)
      : { trouble: 'no_variance' };
  const theta = slope ?? habitSlope(control, treatment);
  const [a, b] = theta === 0 ? [withoutBefore(control), withoutBefore(treatment)] : [control, treatment];
  const adjusted = a.adjusted && scale === 'relative' ? adjustedVariance(a, b, theta) : null;
  return compared(levelWith(a, theta), levelWith(b, theta), scale, adjusted);
}

function compared(a: Level, b: Level, scale: Scale, ownVariance: number | null): Found {
  if (!a.varies || !b.varies) return { trouble: 'no_variance' };
  const [partA, partB] = [a.variance / a.n, b.variance / b.n];
  const variance =
    ownVariance ??
    (scale === 'absolute'
      ? partA + partB
      : a.plain === 0
        ? 0
        : partB / a.plain ** 2 + (partA * b.plain ** 2) / a.plain ** 4);
  if (a.level === 0 || a.plain === 0) return { trouble: variance > 0 ? 'zero_baseline' : 'no_variance' };
  if (!(variance > 0)) return { trouble: 'no_variance' };
  return {
    trouble: null,
    estimate: (b.level - a.level) / (scale === 'absolute' ? 1 : Math.abs(a.plain)),
    error: Math.sqrt(variance),
    units: a.n + b.n,
    df: (partA + partB) ** 2 / (partA ** 2 / (a.n - 1) + partB ** 2 / (b.n - 1)),
    baseline: a.plain,
  };
}

function levelWith(arm: Arm, theta: number): Level {
  const slopes = adjustedSlopes(arm, theta);
  const variance = bilinear(slopes, covarianceOf(arm), slopes);
  return {
    n: arm.n,
    level: adjustedLevel(arm, theta),
    plain: levelOf(arm),
    variance,
    varies: variance > 0,
  };
}

function quantileLevel(arm: QuantileArm): Level {
  const { variance, varies } = quantileVariance(arm);
  return { n: arm.n, level: arm.estimate, plain: arm.estimate, variance, varies };
}

const habitAt = (arm: Arm) => arm.sums.length / 2;

function adjustedLevel(arm: Arm, theta: number): number {
  if (!arm.adjusted) return levelOf(arm);
  if (arm.kind === 'ratio' && (arm.sums[1] === 0 || arm.sums[3] === 0)) return 0;
  return levelOf(arm) - theta * levelOf(arm, habitAt(arm));
}

function adjustedSlopes(arm: Arm, theta: number): number[] {
  if (!arm.adjusted) return slopesOf(arm);
  if (arm.kind === 'ratio' && (arm.sums[1] === 0 || arm.sums[3] === 0)) return arm.sums.map(() => 0);
  const then = slopesOf(arm, habitAt(arm));
  return slopesOf(arm).map((slope, at) => slope - theta * (then[at] ?? 0));
}

/** Variance of the relative difference of adjusted levels. */
function adjustedVariance(a: Arm, b: Arm, theta: number): number {
  const baseline = levelOf(a);
  if (baseline === 0) return 0;
  const moved = a.kind === 'mean' ? levelOf(b) : baseline + adjustedLevel(b, theta) - adjustedLevel(a, theta);
  const then = slopesOf(a, habitAt(a));
  const slopesA = slopesOf(a).map(
    (slope, at) =>
      (-moved * slope) / (baseline * Math.abs(baseline)) + (theta * (then[at] ?? 0)) / Math.abs(baseline),
  );
  const slopesB = adjustedSlopes(b, theta).map((slope) => slope / Math.abs(baseline));
  return (
    bilinear(slopesA, covarianceOf(a), slopesA) / a.n + bilinear(slopesB, covarianceOf(b), slopesB) / b.n
  );
}
