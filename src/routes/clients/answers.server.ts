import type { Asker } from '#lib/server/reports/ask.ts';
import { dataSpan, newShare, retention, retentionMeans, segmentValues } from '#lib/server/reports.gen.ts';
import type { NewShareRow, RetentionMeansRow, RetentionRow } from '#lib/server/reports.gen.ts';
import { addDays, mondayOf } from '#lib/ui/dates.ts';
import type { ClientsQuestion, Period } from './question.ts';

/** How many cohorts are shown where the address names no days. */
const cohorts: Readonly<Record<Period, number>> = { week: 13, month: 13, quarter: 12, year: 8 };

/** No fewer than the page can be asked for. */
const MOST_BRACKETS = 50;

/** Every row that the page Clients shows, and what was asked of the reports of retention. */
export type ClientsAnswers = {
  lastDay: string;
  asked: Readonly<Record<string, string | number | readonly string[]>>;
  cells: RetentionRow[];
  means: RetentionMeansRow[];
  /** By the values of the asked field; null without one. */
  divided: RetentionMeansRow[] | null;
  years: NewShareRow[];
  stores: string[];
  channels: string[];
};

/** Asks all reports of the page at once; null while there are no data. Throws the Refusals of `ask`. */
export async function askClients(
  asker: Asker,
  question: ClientsQuestion,
  signal: AbortSignal,
): Promise<ClientsAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  if (!span?.first_day || !span.last_day) return null;
  const { period, mode, cohort, where, by, entry, intervals, days } = question;
  const earliest = firstOf(period, span.last_day);
  const asked = {
    cohort,
    return: question.return,
    period,
    mode,
    entry,
    intervals,
    ...(days === null ? { periods: cohorts[period] - 1 } : { periods: MOST_BRACKETS, brackets: `[${days}]` }),
    from: question.from ?? (earliest < span.first_day ? span.first_day : earliest),
    to: question.to ?? span.last_day,
    as_of: span.last_day,
    where,
  };
  const [cells, means, divided, years, stores, channels] = await Promise.all([
    retention(asker, asked, options),
    retentionMeans(asker, asked, options),
    by === null ? null : retentionMeans(asker, { ...asked, by }, options),
    newShare(asker, { where }, options),
    segmentValues(asker, { by: 'store' }, options),
    segmentValues(asker, { by: 'channel' }, options),
  ]);
  const named = (rows: readonly { value: string | null }[]) => rows.flatMap(({ value }) => value ?? []);
  return {
    lastDay: span.last_day,
    asked,
    cells: cells.rows,
    means: means.rows,
    divided: divided && divided.rows,
    years: years.rows,
    stores: named(stores.rows),
    channels: named(channels.rows),
  };
}

/** The first day of the earliest cohort that is shown. */
function firstOf(period: Period, lastDay: string): string {
  const before = cohorts[period] - 1;
  if (period === 'week') return addDays(mondayOf(lastDay), -7 * before);
  const [year = 2000, month = 1] = lastDay.split('-').map(Number);
  const months = { month: 1, quarter: 3, year: 12 }[period];
  const first = month - 1 - ((month - 1) % months) - months * before;
  return new Date(Date.UTC(year, first, 1)).toISOString().slice(0, 10);
}
