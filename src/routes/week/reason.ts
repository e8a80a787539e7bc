import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { wholeBase } from './base.ts';
import { verdictOfTerm } from './term-judges.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** The one reason that a page gives for a week: sentence, headline and to-do all speak of it. */
export type Reason = {
  term: string;
  direction: 'down' | 'up';
  /** Of all stores that are taken apart: exact decimal text; null where one store alone is the reason. */
  effect: string | null;
  /** The store that has the largest part in it; null where the term is not one store's. */
  store: RevenueChangeRow | null;
  /** Whether the term's own figure is more than noise; null where nothing judges it. */
  verdict: Verdict | null;
};

/** Why there is no reason: nothing before, no store without gaps, a holiday on one side, or nothing to explain. */
export type NoReason = 'no_reference' | 'no_store' | 'holiday' | 'slight' | 'same';

/** A difference of so few orders that is within noise has no cause that could be told from another. */
const SLIGHT = 2;

/**
 * The first cause of a change of revenue (see `cause_no` in the header of revenue_change): a factor with the store that did
 * most of it, or one store's alone; where it is one that all stores share, the first cause of all together. Or why none is
 * named. `whole` is revenue_change without segments, `byStore` the same by store.
 */
export function reasonOf(
  summary: WeekSummaryRow,
  changes: readonly FunnelChangeRow[],
  whole: readonly RevenueChangeRow[],
  byStore: readonly RevenueChangeRow[],
): Reason | NoReason {
  const orders = verdictOf(changes.find(({ figure }) => figure === 'orders'));
  if (whole.length === 0) return 'no_reference';
  if (wholeBase(summary).kind === 'none') return 'no_store';
  if (orders === 'holiday') return 'holiday';
  const inStore = byStore.find(({ cause_no }) => cause_no === 1);
  const cause = inStore?.cause_scope === 'term' ? whole.find(({ cause_no }) => cause_no === 1) : inStore;
  if (!cause) return 'same';
  if (isSlight(summary, changes)) return 'slight';
  const isOneStore = cause.cause_scope === 'segment';
  return {
    term: cause.term,
    direction: directionOf(cause.compared_difference),
    effect: isOneStore ? null : cause.term_effect,
    store: cause === inStore ? cause : null,
    verdict: verdictOfTerm(cause.term, changes),
  };
}

/** Which way exact decimal text goes; 0 counts as up. */
function directionOf(effect: string): 'down' | 'up' {
  return effect.startsWith('-') ? 'down' : 'up';
}

/** Hardly a difference of orders, and nothing of orders or money that is more than noise or could not be judged. */
function isSlight({ orders_change }: WeekSummaryRow, changes: readonly FunnelChangeRow[]): boolean {
  const judged = changes.filter(({ figure }) => ['orders', 'signed', 'upsold'].includes(figure));
  return (
    orders_change !== null &&
    Math.round(Math.abs(orders_change)) <= SLIGHT &&
    judged.every((row) => ['within_noise', 'too_few'].includes(verdictOf(row) ?? 'within_noise'))
  );
}
