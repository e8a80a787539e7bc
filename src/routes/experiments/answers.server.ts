import { Refusal } from '#lib/errors/refusal.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { dataSpan, experiment, experiments } from '#lib/server/reports.gen.ts';
import type { ExperimentRow } from '#lib/server/reports.gen.ts';
import { looksOf } from './days.ts';
import { listedOf } from './experiment.ts';
import type { Listed } from './experiment.ts';

/** An experiment, and what its report says. */
export type Told = { readonly one: Listed; readonly results: readonly ExperimentRow[] };

/** Quantiles at which money of a unit may be capped. */
export const caps = ['p95', 'p99'] as const;

/** How an experiment is counted: so many days of each unit, money up to a quantile; null for all. */
export type Counting = { readonly window_days: number | null; readonly cap: (typeof caps)[number] | null };

/** What is asked of an experiment. */
export type Asked = Counting & { readonly id: string; readonly as_of: string };

/** One experiment, what it would have said on earlier days, and what it says without the cap where one is asked for. */
export type OneAnswers = Told & {
  readonly asked: Asked;
  readonly uncapped: readonly ExperimentRow[];
  readonly looks: readonly { readonly day: string; readonly results: readonly ExperimentRow[] }[];
};

/** Asks for every experiment and its results; null while there are no data. Throws the Refusals of `ask`. */
export async function askAll(
  asker: Asker,
  signal: AbortSignal,
): Promise<{ asOf: string; all: readonly Told[] } | null> {
  const asOf = await lastDay(asker, signal);
  if (asOf === null) return null;
  const all: Told[] = [];
  for (const one of await listed(asker, asOf, signal))
    all.push({ one, results: (await experiment(asker, { id: one.id, as_of: asOf }, { signal })).rows });
  return { asOf, all };
}

/** Asks for one experiment; null while there are no data. Throws Refusal unknown_experiment and those of `ask`. */
export async function askOne(
  asker: Asker,
  id: string,
  counting: Counting,
  signal: AbortSignal,
): Promise<OneAnswers | null> {
  const as_of = await lastDay(asker, signal);
  if (as_of === null) return null;
  const one = (await listed(asker, as_of, signal)).find((other) => other.id === id);
  if (one === undefined) throw new Refusal('unknown_experiment', { id });
  const asked = { id, ...counting, as_of };
  const resultsOn = async (day: string, cap = counting.cap) =>
    (await experiment(asker, { ...asked, as_of: day, cap }, { signal })).rows;
  const looks: { day: string; results: readonly ExperimentRow[] }[] = [];
  const days = one.variants.length < 2 ? [] : looksOf(one.row, as_of);
  for (const day of days) looks.push({ day, results: await resultsOn(day) });
  const uncapped = counting.cap === null ? [] : await resultsOn(as_of, null);
  return { one, asked, results: await resultsOn(as_of), uncapped, looks };
}

async function lastDay(asker: Asker, signal: AbortSignal): Promise<string | null> {
  return (await dataSpan(asker, {}, { signal })).rows[0]?.last_day ?? null;
}

async function listed(asker: Asker, as_of: string, signal: AbortSignal): Promise<Listed[]> {
  return listedOf((await experiments(asker, { as_of }, { signal })).rows);
}
