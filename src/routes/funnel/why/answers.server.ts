import { TOO_FEW } from '#lib/access/too-few.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { dataSpan, periodChange, segmentValues } from '#lib/server/reports.gen.ts';
import type { PeriodChangeRow } from '#lib/server/reports.gen.ts';
import { segmentFields } from '#lib/server/reports/segments.ts';
import { addDays } from '#lib/ui/dates.ts';
import { comparedDays, neighbour, periodOr } from '../../period-choices.ts';
import type { Days, Reach } from '../../period-choices.ts';
import type { WhyQuestion } from './question.ts';

const USUAL_DAYS = 13 * 7;

/** Every row that the page shows, and what was asked for them. */
export type WhyAnswers = {
  rows: PeriodChangeRow[];
  days: Days;
  other: Days;
  reach: Reach;
  fields: readonly string[];
  stores: string[];
  channels: string[];
  asked: {
    figure: WhyQuestion['figure'];
    from_step: number;
    step: number;
    from: string;
    to: string;
    compare_from: string;
    compare_to: string;
    by: string;
    where: string[];
  };
};

/** Asks why a figure differs between two periods; null while there are no data. Throws the Refusals of `ask`. */
export async function askWhy(
  asker: Asker,
  question: WhyQuestion,
  signal: AbortSignal,
): Promise<WhyAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  const aged = span && comparedDays(span);
  if (!span?.first_day || !span.last_day || !aged) return null;
  const reach = { firstDay: span.first_day, lastDay: span.last_day, lastWeek: span.last_week };
  const days = periodOr(question, { from: addDays(aged.to, 1 - USUAL_DAYS), to: aged.to });
  const other = periodOr({ from: question.compareFrom, to: question.compareTo }, daysBefore(days, reach));
  const [fromStep, step] = question.way.split('-').map(Number);
  const asked = {
    figure: question.figure,
    from_step: fromStep ?? 2,
    step: step ?? 4,
    ...days,
    compare_from: other.from,
    compare_to: other.to,
    by: question.by,
    where: question.where,
  };
  const [change, fields, stores, channels] = await Promise.all([
    periodChange(asker, asked, options),
    segmentFields(asker),
    valuesOf(asker, 'store', signal),
    valuesOf(asker, 'channel', signal),
  ]);
  return { rows: change.rows, days, other, reach, fields, stores, channels, asked };
}

/** The period of the same length right before; where the data do not reach so far, the same days. */
function daysBefore(days: Days, reach: Reach): Days {
  return neighbour(days, reach, -1) ?? days;
}

async function valuesOf(asker: Asker, by: string, signal: AbortSignal): Promise<string[]> {
  const { rows } = await segmentValues(asker, { by }, { signal });
  return rows.flatMap(({ value }) => (value === null || value === TOO_FEW ? [] : [value]));
}
