import { extent } from '#lib/charts/ticks.ts';
import type { Asker, AskOptions } from '#lib/server/reports/ask.ts';
import {
  dataSpan,
  staffComparison,
  staffLimits,
  staffMembers,
  staffValues,
} from '#lib/server/reports.gen.ts';
import type { StaffComparisonRow, StaffLimitsRow, StaffValuesRow } from '#lib/server/reports.gen.ts';
import { mondayOf } from '#lib/ui/dates.ts';
import { comparedDays, periodOr } from '../period-choices.ts';
import type { Days, Reach } from '../period-choices.ts';
import { askedOf } from './figures.ts';
import type { TeamQuestion } from './question.ts';

/** How far beyond whoever has most the limits are drawn. */
const BEYOND = 1.1;

/** Every row that the page Team shows. */
export type TeamAnswers = {
  days: Days;
  /** What the data reach; the last week is the last that people are compared in. */
  reach: Reach;
  stores: string[];
  /** Who is compared, in a rate or in money. */
  compared:
    | { kind: 'rates'; people: StaffComparisonRow[]; limits: StaffLimitsRow[] }
    | { kind: 'money'; people: StaffValuesRow[] };
};

/**
 * Asks all reports of the page Team; null while there are no data. Throws the Refusals of `ask`: a period after the data's
 * end.
 */
export async function askTeam(
  asker: Asker,
  question: TeamQuestion,
  signal: AbortSignal,
): Promise<TeamAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  const usual = span && comparedDays(span);
  if (!span?.first_day || !span.last_day || !usual) return null;
  const reach = { firstDay: span.first_day, lastDay: span.last_day, lastWeek: mondayOf(usual.to) };
  const days = periodOr(question, usual);
  const [members, compared] = await Promise.all([
    staffMembers(asker, {}, options),
    askCompared(asker, question, days, options),
  ]);
  const stores = members.rows.map((row) => row.store).filter((name) => name !== null);
  return { days, reach, stores: [...new Set(stores)].toSorted(), compared };
}

async function askCompared(
  asker: Asker,
  { figure, store }: TeamQuestion,
  days: Days,
  options: AskOptions,
): Promise<TeamAnswers['compared']> {
  const asked = askedOf(figure);
  if (asked.report === 'staff_values') {
    const { rows } = await staffValues(asker, { ...days, figure: asked.figure, store }, options);
    return { kind: 'money', people: rows };
  }
  const { rows } = await staffComparison(asker, { ...days, figure: asked.figure, store }, options);
  const most = extent(rows.map(({ base }) => base))?.high;
  if (most === undefined) return { kind: 'rates', people: rows, limits: [] };
  const reaching = { ...days, figure: asked.figure, up_to: Math.ceil(most * BEYOND) };
  return { kind: 'rates', people: rows, limits: (await staffLimits(asker, reaching, options)).rows };
}
