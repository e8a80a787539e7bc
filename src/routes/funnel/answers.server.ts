import { TOO_FEW } from '#lib/access/too-few.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import {
  dataSpan,
  funnel,
  funnelChange,
  funnelTrend,
  reconciliation,
  segmentValues,
  survival,
  survivalComparison,
  timeToStep,
  timeToStepHistogram,
} from '#lib/server/reports.gen.ts';
import type {
  FunnelChangeRow,
  FunnelRow,
  FunnelTrendRow,
  ReconciliationRow,
  SurvivalComparisonRow,
  SurvivalRow,
  TimeToStepHistogramRow,
  TimeToStepRow,
} from '#lib/server/reports.gen.ts';
import { segmentFields } from '#lib/server/reports/segments.ts';
import { addDays } from '#lib/ui/dates.ts';
import { periodOf } from '../period-choices.ts';
import type { Days, Reach } from '../period-choices.ts';
import type { FunnelQuestion } from './question.ts';

const USUAL_WEEKS = 4;
/** A trend shows at least this many days, so that a short period has something to be seen against. */
const TREND_DAYS = 13 * 7;

/** The values of one segment, most journeys first, and their figures. */
export type SegmentAnswers = {
  values: (string | null)[];
  period: FunnelRow[];
  cohort: FunnelRow[];
  waits: TimeToStepRow[];
  reconciliation: ReconciliationRow[];
};

/** Every row that the Funnel page shows. */
export type FunnelAnswers = {
  days: Days;
  reach: Reach;
  fields: readonly string[];
  stores: string[];
  channels: string[];
  period: FunnelRow[];
  cohort: FunnelRow[];
  change: FunnelChangeRow[];
  reconciliation: ReconciliationRow[];
  trendFrom: string;
  trend: FunnelTrendRow[];
  cohorts: FunnelTrendRow[];
  wait: TimeToStepRow | null;
  histogram: TimeToStepHistogramRow[];
  curve: SurvivalRow[];
  compared: SurvivalComparisonRow[];
  segments: SegmentAnswers | null;
};

/**
 * Asks all reports of the Funnel page at once; null while there are no data. Throws the Refusals of `ask`: a period
 * after the data's end, an unknown field or filter.
 */
export async function askFunnel(
  asker: Asker,
  question: FunnelQuestion,
  signal: AbortSignal,
): Promise<FunnelAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  if (!span?.first_day || !span.last_day) return null;
  const reach = { firstDay: span.first_day, lastDay: span.last_day, lastWeek: span.last_week };
  const days = periodOf(question, reach, USUAL_WEEKS);
  const { where, step, grain } = question;
  const asked = { ...days, where };
  const trendFrom = earlier(days.from, addDays(days.to, 1 - TREND_DAYS), reach.firstDay);
  const trendDays = { from: trendFrom, to: days.to, where, grain };
  const curveOf = { ...asked, step, by: question.by ?? undefined };
  const [
    period,
    cohort,
    change,
    parts,
    trend,
    cohorts,
    wait,
    histogram,
    curve,
    compared,
    segments,
    stores,
    channels,
    fields,
  ] = await Promise.all([
    funnel(asker, { ...asked, view: 'period' }, options),
    funnel(asker, { ...asked, view: 'cohort' }, options),
    funnelChange(asker, { ...asked, view: 'period' }, options),
    reconciliation(asker, asked, options),
    funnelTrend(asker, { ...trendDays, view: 'period' }, options),
    funnelTrend(asker, { ...trendDays, view: 'cohort' }, options),
    timeToStep(asker, { ...asked, step }, options),
    timeToStepHistogram(asker, { ...asked, step }, options),
    survival(asker, curveOf, options),
    survivalComparison(asker, curveOf, options),
    question.by === null ? null : askSegments(asker, { ...question, by: question.by }, days, signal),
    valuesOf(asker, 'store', signal),
    valuesOf(asker, 'channel', signal),
    segmentFields(asker),
  ]);
  return {
    days,
    reach,
    fields,
    stores: stores.filter((value) => value !== null),
    channels: channels.filter((value) => value !== null),
    period: period.rows,
    cohort: cohort.rows,
    change: change.rows,
    reconciliation: parts.rows,
    trendFrom,
    trend: trend.rows,
    cohorts: cohorts.rows,
    wait: wait.rows[0] ?? null,
    histogram: histogram.rows,
    curve: curve.rows,
    compared: compared.rows,
    segments,
  };
}

async function askSegments(
  asker: Asker,
  { by, where, step }: FunnelQuestion & { by: string },
  days: Days,
  signal: AbortSignal,
): Promise<SegmentAnswers> {
  const asked = { ...days, by, where };
  const options = { signal };
  const [values, period, cohort, waits, parts] = await Promise.all([
    segmentValues(asker, { by, where }, options),
    funnel(asker, { ...asked, view: 'period' }, options),
    funnel(asker, { ...asked, view: 'cohort' }, options),
    timeToStep(asker, { ...asked, step }, options),
    reconciliation(asker, asked, options),
  ]);
  return {
    values: shownOf(
      values.rows.map(({ value }) => value),
      [...period.rows, ...cohort.rows],
    ),
    period: period.rows,
    cohort: cohort.rows,
    waits: waits.rows,
    reconciliation: parts.rows,
  };
}

/** The values that stand for themselves in any of the rows; where some do not, the one in which they gather comes last. */
function shownOf(values: readonly (string | null)[], rows: readonly { segment: string | null }[]) {
  const given = new Set(rows.map(({ segment }) => segment));
  if (!given.has(TOO_FEW)) return values.filter((value) => value !== TOO_FEW);
  return [...values.filter((value) => value !== TOO_FEW && given.has(value)), TOO_FEW];
}

async function valuesOf(asker: Asker, by: string, signal: AbortSignal) {
  const { rows } = await segmentValues(asker, { by }, { signal });
  return rows.map(({ value }) => value).filter((value) => value !== TOO_FEW);
}

/** The earliest of a period's first days, but none before the data begin. */
function earlier(from: string, least: string, firstDay: string): string {
  const wanted = least < from ? least : from;
  return wanted < firstDay && firstDay <= from ? firstDay : wanted;
}
