import { extent } from '#lib/charts/ticks.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { dataSpan, staffComparison, staffLimits, staffMembers } from '#lib/server/reports.gen.ts';
import type { StaffComparisonRow, StaffLimitsRow } from '#lib/server/reports.gen.ts';
import { periodOf } from '../period-choices.ts';
import type { Days, Reach } from '../period-choices.ts';
import type { TeamQuestion } from './question.ts';

/** A year: of fewer weeks chance leaves little to tell. */
const USUAL_WEEKS = 52;

/** How far beyond whoever has most the limits are drawn. */
const BEYOND = 1.1;

/** Every row that the page Team shows. */
export type TeamAnswers = {
  days: Days;
  reach: Reach;
  stores: string[];
  people: StaffComparisonRow[];
  limits: StaffLimitsRow[];
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
  if (!span?.first_day || !span.last_day) return null;
  const reach = { firstDay: span.first_day, lastDay: span.last_day, lastWeek: span.last_week };
  const days = periodOf(question, reach, USUAL_WEEKS);
  const { figure, store } = question;
  const [members, compared] = await Promise.all([
    staffMembers(asker, {}, options),
    staffComparison(asker, { ...days, figure, store }, options),
  ]);
  const most = extent(compared.rows.map(({ base }) => base))?.high;
  const limits =
    most === undefined
      ? []
      : (await staffLimits(asker, { ...days, figure, up_to: Math.ceil(most * BEYOND) }, options)).rows;
  const stores = members.rows.map((row) => row.store).filter((name) => name !== null);
  return { days, reach, stores: [...new Set(stores)].toSorted(), people: compared.rows, limits };
}
