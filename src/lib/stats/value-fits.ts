import { bgNbdOf, fitBgNbd } from './bg-nbd.ts';
import { fitGammaGamma, gammaGammaOf } from './gamma-gamma.ts';
import type { Likeliest } from './maximum-likelihood.ts';

type Columns = Readonly<Record<string, Float64Array>>;
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

/** Fewer clients, or fewer who came back, are too few to fit anything to. */
export const FEWEST_CLIENTS = 100;
export const FEWEST_CAME_BACK = 20;
const NORMAL_97_5 = 1.959963984540054;
const NOTHING = new Float64Array();

/**
 * Completes the rows bg_nbd and gamma_gamma with their likeliest parameters and 95 % intervals of these, on the scale of
 * their logarithms. `fed`: the columns of buying_histories and repeat_means. Without a fit there are no parameters, and
 * `reason` is too_few or no_highest_point.
 */
export function valueFits<Row extends Fitted>(
  rows: readonly Row[],
  _params: unknown,
  fed: { readonly buying_histories: Columns; readonly repeat_means: Columns },
): Row[] {
  return rows.map((row) => {
    const isBuying = row.model === 'bg_nbd';
    if ((isBuying && row.customers < FEWEST_CLIENTS) || row.came_back < FEWEST_CAME_BACK)
      return { ...row, reason: 'too_few' };
    return isBuying
      ? { ...row, ...told(fitted.bg_nbd(fed.buying_histories), bgNbdOf) }
      : { ...row, ...told(fitted.gamma_gamma(fed.repeat_means), gammaGammaOf) };
  });
}

const fitted = {
  bg_nbd: ({ x = NOTHING, t_x = NOTHING, age = NOTHING, people = NOTHING }: Columns) =>
    fitBgNbd({ x, recency: t_x, age, people }),
  gamma_gamma: ({ x = NOTHING, mean_value = NOTHING }: Columns) => fitGammaGamma({ x, mean: mean_value }),
};

function told(found: Likeliest | null, named: (logs: readonly number[]) => Named) {
  if (found === null) return { reason: 'no_highest_point' };
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
