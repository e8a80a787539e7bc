import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '#lib/server/app.ts';
import {
  dataSpan,
  freshness,
  funnel,
  funnelChange,
  funnelTrend,
  segmentValues,
} from '#lib/server/reports.gen.ts';
import type {
  FreshnessRow,
  FunnelChangeRow,
  FunnelRow,
  FunnelTrendRow,
  SegmentValuesRow,
} from '#lib/server/reports.gen.ts';
import { addDays } from '#lib/ui/dates.ts';
import { filtersOf, requireKnown } from './question.ts';
import type { WeekQuestion } from './question.ts';

export const COHORTS = 13;
export const TREND_WEEKS = 26;

/** Every row that the Week page shows, for one week. */
export type WeekAnswers = {
  week: string;
  lastDay: string;
  firstWeek: string;
  /** The last week that is complete. */
  lastWeek: string | null;
  /** The last week that has begun. */
  newestWeek: string;
  funnel: FunnelRow[];
  change: FunnelChangeRow[];
  cohorts: FunnelTrendRow[];
  trend: FunnelTrendRow[];
  freshness: FreshnessRow[];
  stores: string[];
  channels: string[];
};

/**
 * Asks all reports of the Week page at once; null while there are no data.
 * Throws Refusal period_in_future for a week after the data's end, bad_choice for a store or channel nobody knows.
 */
export async function askWeek(
  app: Pick<App, 'warehouse'>,
  question: WeekQuestion,
  signal: AbortSignal,
): Promise<WeekAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(app, {}, options)).rows;
  if (!span?.last_day || !span.first_week) return null;
  const newestWeek = span.running_week ?? span.last_week ?? span.first_week;
  const week = question.week ?? span.last_week ?? newestWeek;
  if (week > span.last_day) throw new Refusal('period_in_future', { from: week, last_day: span.last_day });

  const [from, to] = [week, addDays(week, 6)];
  const { view, compare } = question;
  const where = filtersOf(question);
  const [steps, change, cohorts, trend, fresh, stores, channels] = await Promise.all([
    funnel(app, { from, to, view, where }, options),
    funnelChange(app, { from, to, view, compare, where }, options),
    funnelTrend(app, { from: addDays(week, -7 * (COHORTS - 1)), to, view: 'cohort', where }, options),
    funnelTrend(app, { from: addDays(week, -7 * (TREND_WEEKS - 1)), to, view: 'period', where }, options),
    freshness(app, { week }, options),
    segmentValues(app, { by: 'store' }, options).then(({ rows }) => valuesOf(rows)),
    segmentValues(app, { by: 'channel' }, options).then(({ rows }) => valuesOf(rows)),
  ]);
  requireKnown('store', question.store, stores);
  requireKnown('channel', question.channel, channels);
  return {
    week,
    lastDay: span.last_day,
    firstWeek: span.first_week,
    lastWeek: span.last_week,
    newestWeek,
    funnel: steps.rows,
    change: change.rows,
    cohorts: cohorts.rows,
    trend: trend.rows,
    freshness: fresh.rows,
    stores,
    channels,
  };
}

function valuesOf(rows: readonly SegmentValuesRow[]): string[] {
  return rows.map(({ value }) => value).filter((value): value is string => value !== null);
}
