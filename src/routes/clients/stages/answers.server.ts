import type { Asker } from '#lib/server/reports/ask.ts';
import { mayAsk } from '#lib/server/reports/audience.ts';
import {
  dataSpan,
  lifecycle,
  payback,
  paybackSpec,
  segmentValues,
  stageClients,
  stageCounts,
  stageFlow,
  stageLevers,
} from '#lib/server/reports.gen.ts';
import type {
  LifecycleRow,
  PaybackRow,
  StageClientsRow,
  StageCountsRow,
  StageFlowRow,
  StageLeversRow,
} from '#lib/server/reports.gen.ts';
import type { StagesQuestion } from './question.ts';

const MONTHS = 13;
const LISTED = 25;

/** Every row that the page of stages shows, and what was asked of the reports. */
export type StagesAnswers = {
  lastDay: string;
  /** First day of the earliest month that is shown. */
  from: string;
  counts: StageCountsRow[];
  flow: StageFlowRow[];
  months: LifecycleRow[];
  people: StageClientsRow[];
  levers: StageLeversRow[];
  /** What a new client of each channel cost; none for whoever may not see spend. */
  costs: PaybackRow[];
  stores: string[];
  channels: string[];
};

/** Asks all reports of the page at once; null while there are no data. Throws the Refusals of `ask`. */
export async function askStages(
  asker: Asker,
  { stage, by, where }: StagesQuestion,
  signal: AbortSignal,
): Promise<StagesAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  if (!span?.first_day || !span.last_day) return null;
  const months = { period: 'month', from: firstOf(span.last_day), to: span.last_day, where } as const;
  const [counts, flow, lives, people, levers, costs, stores, channels] = await Promise.all([
    stageCounts(asker, { where }, options),
    stageFlow(asker, months, options),
    lifecycle(asker, months, options),
    stageClients(asker, { stage, where, limit: LISTED }, options),
    stageLevers(asker, by === null ? { where } : { where, by }, options),
    mayAsk(paybackSpec, asker.viewer) ? payback(asker, { months: 0 }, options) : null,
    segmentValues(asker, { by: 'store' }, options),
    segmentValues(asker, { by: 'channel' }, options),
  ]);
  const named = (rows: readonly { value: string | null }[]) => rows.flatMap(({ value }) => value ?? []);
  return {
    lastDay: span.last_day,
    from: months.from,
    counts: counts.rows,
    flow: flow.rows,
    months: lives.rows,
    people: people.rows,
    levers: levers.rows,
    costs: costs?.rows ?? [],
    stores: named(stores.rows),
    channels: named(channels.rows),
  };
}

/** The first day of the earliest month that is shown. */
function firstOf(lastDay: string): string {
  const [year = 2000, month = 1] = lastDay.split('-').map(Number);
  return new Date(Date.UTC(year, month - MONTHS, 1)).toISOString().slice(0, 10);
}
