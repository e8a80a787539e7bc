import { covarianceOf, slopesOf, together } from './arms.ts';
import type { Arm } from './arms.ts';
import { bilinear } from './matrices.ts';

/** Below this the time before says nothing of a ratio. */
const NOTHING = 1e-8;

/**
 * How much of a unit's outcome its habit foretells: θ of CUPED (Deng, Xu, Kohavi & Walker 2013, WSDM, 123). Of means
 * cov(after, before) ÷ var(before) over both arms taken as one sample; of ratios the sum of the arms' covariances of the
 * linearised ratios ÷ that of their variances. 0 where either does not vary, or no time before is known.
 */
export function habitSlope(control: Arm, treatment: Arm): number {
  if (!control.adjusted || !treatment.adjusted) return 0;
  return control.kind === 'mean'
    ? slopeOfMeans(together(control, treatment))
    : slopeOfRatios([control, treatment]);
}

function slopeOfMeans(all: Arm): number {
  const [[after = 0, both = 0] = [], [, before = 0] = []] = covarianceOf(all);
  return before === 0 || after === 0 ? 0 : both / before;
}

function slopeOfRatios(arms: readonly Arm[]): number {
  const parts = arms.map((arm) => {
    const covariance = covarianceOf(arm);
    const then = slopesOf(arm, 2);
    return { both: bilinear(slopesOf(arm), covariance, then), before: bilinear(then, covariance, then) };
  });
  const before = parts.reduce((sum, part) => sum + part.before, 0);
  const slope = parts.reduce((sum, part) => sum + part.both, 0) / before;
  return before === 0 || Math.abs(slope) < NOTHING ? 0 : slope;
}
