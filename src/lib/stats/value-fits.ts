import { bgNbdOf } from './bg-nbd.ts';
import { gammaGammaOf } from './gamma-gamma.ts';
import type { Fit, ValueModels } from './value-models.ts';

type Named = Readonly<Record<string, number>>;

/** The columns of customer_value_fit that the fit fills. */
export type Fitted = {
  readonly model: string;
  readonly parameters: Named | null;
  readonly standard_errors: Named | null;
  readonly low: Named | null;
  readonly high: Named | null;
  readonly log_likelihood: number | null;
  readonly customers: number;
  readonly came_back: number;
  readonly converged: boolean;
  readonly reason: string | null;
};

const NORMAL_97_5 = 1.959963984540054;

/**
 * Completes the rows bg_nbd and gamma_gamma with their likeliest parameters and 95 % intervals of these, on the scale of
 * their logarithms. Without a fit there are no parameters, and `reason` is too_few or no_highest_point.
 */
export function valueFits<Row extends Fitted>(
  rows: readonly Row[],
  _params: unknown,
  { backs, spendings }: ValueModels,
): Row[] {
  return rows.map((row) =>
    row.model === 'bg_nbd'
      ? { ...row, ...told(backs, bgNbdOf) }
      : { ...row, ...told(spendings, gammaGammaOf) },
  );
}

function told({ found, reason }: Fit, named: (logs: readonly number[]) => Named) {
  if (found === null) return { reason };
  const end = (side: number) =>
    named(found.logs.map((log, at) => log + side * Math.sqrt(found.covariance[at]?.[at] ?? NaN)));
  const parameters = named(found.logs);
  const errors = Object.entries(parameters).map(([name, value], at) => [
    name,
    value * Math.sqrt(found.covariance[at]?.[at] ?? NaN),
  ]);
  return {
    parameters,
    standard_errors: Object.fromEntries(errors) as Named,
    low: end(-NORMAL_97_5),
    high: end(NORMAL_97_5),
    log_likelihood: found.logLikelihood,
    converged: true,
  };
}
