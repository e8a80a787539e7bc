import type { Asker } from '#lib/server/reports/ask.ts';
import { mayAsk } from '#lib/server/reports/audience.ts';
import { cohortValue, payback, paybackSpec, rfm } from '#lib/server/reports.gen.ts';
import type { CohortValueRow, PaybackRow, RfmRow } from '#lib/server/reports.gen.ts';

/** What the page tells of RFM, cohorts and payback, and what was asked; payback only of whoever may ask it. */
export type CohortAnswers = {
  readonly asked: { readonly as_of: string };
  readonly askedValue: { readonly as_of: string; readonly cohort: 'year'; readonly ages: 24 };
  readonly scores: readonly RfmRow[];
  readonly value: readonly CohortValueRow[];
  readonly payback: readonly PaybackRow[] | null;
};

/** Asks the three reports. Throws the Refusals of `ask`. */
export async function askCohorts(asker: Asker, as_of: string, signal: AbortSignal): Promise<CohortAnswers> {
  const options = { signal };
  const asked = { as_of };
  const askedValue = { as_of, cohort: 'year', ages: 24 } as const;
  const [scores, value, paid] = await Promise.all([
    rfm(asker, asked, options),
    cohortValue(asker, askedValue, options),
    mayAsk(paybackSpec, asker.viewer) ? payback(asker, asked, options) : null,
  ]);
  return { asked, askedValue, scores: scores.rows, value: value.rows, payback: paid?.rows ?? null };
}
