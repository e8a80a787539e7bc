import { fitBgNbd } from './bg-nbd.ts';
import type { Columns } from './columns.ts';
import { fitGammaGamma } from './gamma-gamma.ts';
import type { Likeliest } from './maximum-likelihood.ts';

/** The highest point of a likelihood, or why there is none: too_few or no_highest_point. */
export type Fit =
  { readonly found: Likeliest; readonly reason: null } | { readonly found: null; readonly reason: string };

/** Days of each unit of time in which histories are told. */
export const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30.4375 };

/** Fewer clients, or fewer who came back, are too few to fit anything to. */
const FEWEST_CLIENTS = 100;
const FEWEST_CAME_BACK = 20;
const NOTHING = new Float64Array();

/** How clients come back and what they spend, fitted. */
export type ValueModels = { readonly backs: Fit; readonly spendings: Fit };

/** Both models, fitted to the columns of buying_histories and repeat_means. */
export function valueModels(fed: {
  readonly buying_histories: Columns;
  readonly repeat_means: Columns;
}): ValueModels {
  return { backs: fitOfBacks(fed.buying_histories), spendings: fitOfSpendings(fed.repeat_means) };
}

/** BG/NBD fitted to the columns of buying_histories. */
export function fitOfBacks({ x = NOTHING, t_x = NOTHING, age = NOTHING, people = NOTHING }: Columns): Fit {
  let [clients, cameBack] = [0, 0];
  for (const [at, alike] of people.entries()) {
    clients += alike;
    if ((x[at] ?? 0) > 0) cameBack += alike;
  }
  return clients < FEWEST_CLIENTS || cameBack < FEWEST_CAME_BACK
    ? { found: null, reason: 'too_few' }
    : fitted(fitBgNbd({ x, recency: t_x, age, people }));
}

/** Gamma–gamma fitted to the columns of repeat_means. */
export function fitOfSpendings({ x = NOTHING, mean_value = NOTHING }: Columns): Fit {
  return x.length < FEWEST_CAME_BACK
    ? { found: null, reason: 'too_few' }
    : fitted(fitGammaGamma({ x, mean: mean_value }));
}

const fitted = (found: Likeliest | null): Fit =>
  found === null ? { found, reason: 'no_highest_point' } : { found, reason: null };
