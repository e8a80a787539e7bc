import type { Asker } from '#lib/server/reports/ask.ts';
import { holdoutExpectations, holdoutTracking } from '#lib/server/reports.gen.ts';
import type { HoldoutExpectationsRow, HoldoutTrackingRow } from '#lib/server/reports.gen.ts';
import { addDays } from '#lib/ui/dates.ts';

const DAY = 86_400_000;
const YEAR = 365;

/** What the model would have foretold from an earlier day on, and what was asked. */
export type HoldoutAnswers = {
  readonly asked: { readonly until: string; readonly as_of: string; readonly unit: 'week' };
  readonly periods: readonly HoldoutTrackingRow[];
  readonly groups: readonly HoldoutExpectationsRow[];
};

/** Asks both reports for the last year, or for the later half of what is known where that is less than two. Throws the Refusals of `ask`. */
export async function askHoldout(
  asker: Asker,
  { first, last }: { first: string; last: string },
  signal: AbortSignal,
): Promise<HoldoutAnswers> {
  const options = { signal };
  const known = (Date.parse(last) - Date.parse(first)) / DAY;
  const until = addDays(last, -Math.min(YEAR, Math.floor(known / 2)));
  const asked = { until, as_of: last, unit: 'week' } as const;
  const [periods, groups] = await Promise.all([
    holdoutTracking(asker, asked, options),
    holdoutExpectations(asker, asked, options),
  ]);
  return { asked, periods: periods.rows, groups: groups.rows };
}
