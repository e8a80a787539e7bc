import { TOO_FEW } from '#lib/access/too-few.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import {
  cohortForecast,
  contributions,
  dataSpan,
  freshness,
  funnel,
  funnelChange,
  funnelTrend,
  missingWeeks,
  money,
  peopleToCall,
  revenueChange,
  segmentValues,
  upsellLadder,
  weekSummary,
} from '#lib/server/reports.gen.ts';
import type {
  CohortForecastRow,
  ContributionsRow,
  FreshnessRow,
  FunnelChangeRow,
  FunnelRow,
  FunnelTrendRow,
  MissingWeeksRow,
  MoneyRow,
  RevenueChangeRow,
  SegmentValuesRow,
  UpsellLadderRow,
  WeekSummaryRow,
} from '#lib/server/reports.gen.ts';
import { festivalsIn } from '#lib/server/settings/calendar.ts';
import type { Festival } from '#lib/server/settings/calendar.ts';
import { addDays } from '#lib/ui/dates.ts';
import { callOf, callQuestion } from './calls.ts';
import type { Call } from './calls.ts';
import { COHORTS, TREND_WEEKS } from './choices.ts';
import type { Comparison, View } from './choices.ts';
import { filtersOf } from './question.ts';
import type { WeekQuestion } from './question.ts';
import { reasonOf } from './reason.ts';
import type { NoReason, Reason } from './reason.ts';

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
  cohorts: CohortForecastRow[];
  trend: FunnelTrendRow[];
  freshness: FreshnessRow[];
  missing: MissingWeeksRow[];
  summary: WeekSummaryRow;
  /** Why revenue changed; empty where nothing comes before. */
  reasons: RevenueChangeRow[];
  /** The one reason that the page gives, and whom it gives reason to call. */
  reason: Reason | NoReason;
  call: Call | null;
  ladder: UpsellLadderRow[];
  parts: Record<PartBy, { rows: ContributionsRow[]; weeks: MoneyRow[]; changes: FunnelChangeRow[] }>;
  /** Festivals of the week, and of the one week that it is compared with. */
  festivals: { here: Festival[]; before: Festival[] };
  /** What the page's links to figures ask again. */
  asked: AskedOfWeek;
  stores: string[];
  channels: string[];
};

/** By what the change of revenue is divided. */
export const PARTS = ['channel', 'store'] as const;
export type PartBy = (typeof PARTS)[number];

/** Parameters of the page's reports. */
export type AskedOfWeek = {
  week: { from: string; to: string; where: string[] };
  change: { from: string; to: string; view: View; compare: Comparison; where: string[] };
  summary: { from: string; to: string; compare: Comparison; where: string[] };
  cohorts: { from: string; to: string; where: string[] };
  /** Null where nothing lies before the week to compare it with. */
  revenue: RevenueQuestion | null;
};

export type RevenueQuestion = {
  from: string;
  to: string;
  compare_from: string;
  compare_to: string;
  compare_periods: number;
  where: string[];
};

/**
 * Asks all reports of the Week page at once; null while there are no data.
 * Throws Refusal period_in_future for a week after the data's end, before_data for one before they begin, unknown_value for a store or channel nobody knows.
 */
export async function askWeek(
  asker: Asker,
  question: WeekQuestion,
  signal: AbortSignal,
): Promise<WeekAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  if (!span?.last_day || !span.first_week) return null;
  const newestWeek = span.running_week ?? span.last_week ?? span.first_week;
  const week = question.week ?? span.last_week ?? newestWeek;
  if (week > span.last_day) throw new Refusal('period_in_future', { from: week, last_day: span.last_day });
  if (week < span.first_week) throw new Refusal('before_data', { from: week, first_day: span.first_week });

  const { view, compare } = question;
  const period = { from: week, to: addDays(week, 6), where: filtersOf(question) };
  const { from, to, where } = period;
  const asked = {
    week: period,
    change: { ...period, view, compare },
    summary: { ...period, compare },
    cohorts: { ...period, from: addDays(week, -7 * (COHORTS - 1)) },
  };
  const summed = weekSummary(asker, asked.summary, options).then(({ rows: [row] }) => rowOf(row));
  const revenue = summed.then((summary): RevenueQuestion | null => {
    const reference = referenceOf(week, compare, summary);
    return reference && { ...period, ...reference };
  });
  const reasons = async (by?: PartBy) => {
    const params = await revenue;
    return params ? (await revenueChange(asker, { ...params, by }, options)).rows : [];
  };
  const parts = async (by: PartBy) => {
    const params = await revenue;
    if (!params) return { rows: [], weeks: [], changes: [] };
    const since = addDays(week, -7 * (COHORTS - 1));
    const [ranked, changes, weeks] = await Promise.all([
      contributions(asker, { ...params, by }, options),
      funnelChange(asker, { ...asked.change, by }, options),
      money(asker, { from: since, to, grain: 'week', by, where }, options),
    ]);
    return { rows: ranked.rows, weeks: weeks.rows, changes: changes.rows };
  };
  const [
    steps,
    change,
    cohorts,
    trend,
    fresh,
    missing,
    ladder,
    stores,
    channels,
    summary,
    whole,
    byStore,
    ofChannels,
    ofStores,
  ] = await Promise.all([
    funnel(asker, { from, to, view, where }, options),
    funnelChange(asker, asked.change, options),
    cohortForecast(asker, asked.cohorts, options),
    funnelTrend(asker, { from: addDays(week, -7 * (TREND_WEEKS - 1)), to, view: 'period', where }, options),
    freshness(asker, { week }, options),
    missingWeeks(asker, { from, to }, options),
    upsellLadder(asker, { ...period, view }, options),
    segmentValues(asker, { by: 'store' }, options).then(({ rows }) => valuesOf(rows)),
    segmentValues(asker, { by: 'channel' }, options).then(({ rows }) => valuesOf(rows)),
    summed,
    reasons(),
    reasons('store'),
    parts('channel'),
    parts('store'),
  ]);
  const reason = reasonOf(summary, {
    whole,
    byStore,
    changes: change.rows,
    storeChanges: ofStores.changes,
  });
  const toCall = callQuestion(reason, summary, (await revenue) ?? period, period);
  const call = toCall && callOf(toCall, (await peopleToCall(asker, toCall.params, options)).rows);
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
    missing: missing.rows,
    summary,
    ladder: ladder.rows,
    reasons: whole,
    reason,
    call,
    festivals: festivalsOf(week, summary),
    parts: { channel: ofChannels, store: ofStores },
    asked: { ...asked, revenue: await revenue },
    stores,
    channels,
  };
}

function rowOf(row: WeekSummaryRow | undefined): WeekSummaryRow {
  if (!row) throw new Error('week_summary gives one row without a segment.');
  return row;
}

/** Without those for which the shops were closed: the sentence names them. */
function festivalsOf(
  week: string,
  { festival, reference_from, reference_to, reference_weeks }: WeekSummaryRow,
) {
  const others = (from: string, to: string) => festivalsIn(from, to).filter(({ key }) => key !== festival);
  const isOneWeek = reference_weeks === 1 && reference_from !== null && reference_to !== null;
  return {
    here: others(week, addDays(week, 6)),
    before: isOneWeek ? others(reference_from, reference_to) : [],
  };
}

/** The week that revenue is compared with; of several the last one, and how many they are. Null without one. */
function referenceOf(week: string, compare: Comparison, { reference_from, reference_weeks }: WeekSummaryRow) {
  if (reference_from === null || reference_weeks === 0) return null;
  const first = compare === 'last_year' ? reference_from : addDays(week, -7);
  return { compare_from: first, compare_to: addDays(first, 6), compare_periods: reference_weeks };
}

function valuesOf(rows: readonly SegmentValuesRow[]): string[] {
  return rows
    .map(({ value }) => value)
    .filter((value): value is string => value !== null && value !== TOO_FEW);
}
