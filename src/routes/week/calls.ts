import type { PeopleToCallParams, PeopleToCallRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import type { NoReason, Reason } from './reason.ts';

/** Whom a week gives reason to call: the question to people_to_call, and the row of it that is meant. */
export type CallQuestion = {
  cause: 'reason' | 'closed';
  params: PeopleToCallParams;
  segment: string | null;
};

/** People whom a week gives reason to call, and how they are found again. */
export type Call = CallQuestion & { row: PeopleToCallRow };

/** Of a rate that fell, where people stood and where they did not arrive. */
const short: Readonly<Record<string, { step: number; not_reached: number }>> = {
  visit_rate: { step: 2, not_reached: 3 },
  closing_rate: { step: 3, not_reached: 4 },
  booking_rate: { step: 2, not_reached: 4 },
};

/**
 * Whom to ask for: those who did not go on where a rate is the reason of a fall, and the leads that came in while the shops
 * were closed around a festival. `revenue` are the parameters of revenue_change, `week` those of the week alone.
 */
export function callQuestion(
  reason: Reason | NoReason,
  summary: WeekSummaryRow,
  revenue: PeopleToCallParams,
  week: PeopleToCallParams,
): CallQuestion | null {
  if (reason === 'holiday' && summary.closed_days > 0)
    return { cause: 'closed', params: { ...week, step: 2, not_reached: 3 }, segment: 'all' };
  if (typeof reason === 'string' || reason.direction === 'up') return null;
  const { term, store } = reason;
  const steps = short[term];
  if (!steps) return null;
  return store
    ? { cause: 'reason', params: { ...revenue, ...steps, by: 'store' }, segment: store.segment }
    : { cause: 'reason', params: { ...revenue, ...steps }, segment: 'all' };
}

/** The row that is meant, where there is one. */
export function callOf(question: CallQuestion, rows: readonly PeopleToCallRow[]): Call | null {
  const row = rows.find(({ segment }) => segment === question.segment);
  return row ? { ...question, row } : null;
}
