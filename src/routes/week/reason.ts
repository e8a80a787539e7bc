import { TOO_FEW } from '#lib/access/too-few.ts';
import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { wholeBase } from './base.ts';
import { verdictOfCause } from './term-judges.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** The one reason that a page gives for a week: sentence, headline and to-do all speak of it. */
export type Reason = {
  /** A cause of revenue_change: leads, or a term. */
  term: string;
  direction: 'down' | 'up';
  /** The row of the cause: of its store where it is found in one, else of all that are compared. */
  row: RevenueChangeRow;
  /** The store that it is found in; null where it is not one store's. */
  store: RevenueChangeRow | null;
  /** Large enough beside the whole change to be called the main one. */
  isMain: boolean;
  /** The first cause of the store that moved most, where that is another one than the reason's; null where it is not. */
  furthest: RevenueChangeRow | null;
  /** Whether the cause's own figure is more than noise, of its store or of all; null where nothing judges it. */
  verdict: Verdict | null;
};

/** Why there is no reason: nothing before, no store without gaps, a holiday on one side, or nothing to explain. */
export type NoReason = 'no_reference' | 'no_store' | 'holiday' | 'slight' | 'same';

/** Rows of revenue_change and funnel_change, of all together and by store. */
export type ReasonFigures = {
  whole: readonly RevenueChangeRow[];
  byStore: readonly RevenueChangeRow[];
  changes: readonly FunnelChangeRow[];
  storeChanges: readonly FunnelChangeRow[];
};

/** A smaller change of money, of which nothing is more than noise, needs no reason. */
const SLIGHT = 0.05;
/** From this part in the change on a cause is its main one. */
const MAIN = 0.4;
/** From this part in what a cause did on, it is the store's. */
const MOST = 0.5;

/**
 * Why revenue changed, or why no reason is named.
 *
 * A reason is due where the money of the stores compared changed by 5 %, or orders, signed or upsold money changed by more
 * than noise, or a cause did that moved revenue the same way. It is, in this order: a cause whose own figure is more than
 * noise in all stores together; one that is more than noise in one store; the first cause of one store (`cause_no` in the
 * header of revenue_change) where it is at least 40 % of the change, unless that of all stores together is larger and no
 * factor; that of all stores together where it is 40 %; the first of one store. A cause of all stores is said to be that
 * of the store that did at least half of it. All went the way of the change.
 */
export function reasonOf(summary: WeekSummaryRow, figures: ReasonFigures): Reason | NoReason {
  const { whole, byStore, changes } = figures;
  const compared = whole.find(({ term }) => term !== 'left_out') ?? whole[0];
  if (!compared) return 'no_reference';
  if (wholeBase(summary).kind === 'none') return 'no_store';
  if (verdictOf(changes.find(({ figure }) => figure === 'orders')) === 'holiday') return 'holiday';
  const stores = summary.all_stores > 1 ? byStore.filter(({ segment }) => segment !== TOO_FEW) : [];
  const called = calledCause(figures, stores);
  if (!called && isSlight(compared, changes)) return 'slight';
  const cause = called ?? largestCause(whole, stores);
  if (!cause) return 'same';
  const store = stores.includes(cause) ? cause : null;
  return {
    term: cause.cause ?? cause.term,
    direction: cause.compared_difference.startsWith('-') ? 'down' : 'up',
    row: cause,
    store,
    isMain: isMain(cause),
    furthest: furthestOf(stores, store),
    verdict: called ? 'more_than_noise' : verdictOfCause(cause.cause ?? cause.term, changes),
  };
}

/** The cause that is more than noise and went the way of the change, of all stores or of one. */
function calledCause(
  { whole, changes, storeChanges }: ReasonFigures,
  stores: readonly RevenueChangeRow[],
): RevenueChangeRow | null {
  const isCalled = ({ cause, segment }: RevenueChangeRow, rows: readonly FunnelChangeRow[]) =>
    cause !== null &&
    verdictOfCause(
      cause,
      rows.filter((row) => row.segment === segment),
    ) === 'more_than_noise';
  const ofAll = byPlace(whole, 'rank_no').find((row) => (row.cause_share ?? 0) > 0 && isCalled(row, changes));
  if (ofAll) return inItsStore(ofAll, stores);
  return byPlace(stores, 'cause_no').find((row) => isCalled(row, storeChanges)) ?? null;
}

/** Where nothing is more than noise, the first cause of one store, unless only one of all together is large. */
function largestCause(
  whole: readonly RevenueChangeRow[],
  stores: readonly RevenueChangeRow[],
): RevenueChangeRow | null {
  const isFirst = ({ cause_no }: RevenueChangeRow) => cause_no === 1;
  const [ofAll, ofOne] = [whole.find(isFirst) ?? null, stores.find(isFirst) ?? null];
  if (!ofOne || !ofAll) return ofOne ?? ofAll;
  if (!isMain(ofAll)) return ofOne;
  if (!isMain(ofOne)) return inItsStore(ofAll, stores);
  const isLarger = Math.abs(Number(ofAll.cause_effect)) > Math.abs(Number(ofOne.cause_effect));
  return isLarger && !isFactor(ofAll) && ofAll.cause !== ofOne.cause ? ofAll : ofOne;
}

/** Factors multiply: those of stores may go against each other. Repeat orders, upsells and what was taken back add up. */
function isFactor({ factor_before, factor_after }: RevenueChangeRow): boolean {
  return factor_before !== null || factor_after !== null;
}

/** A cause of all stores in the store that did most of it; in all where none did. */
function inItsStore(ofAll: RevenueChangeRow, stores: readonly RevenueChangeRow[]): RevenueChangeRow {
  const first = byPlace(stores, 'cause_no').find(({ cause }) => cause === ofAll.cause);
  return first && partOf(first, ofAll) >= MOST ? first : ofAll;
}

function isMain({ cause_share }: RevenueChangeRow): boolean {
  return Math.abs(cause_share ?? 0) >= MAIN;
}

function furthestOf(
  stores: readonly RevenueChangeRow[],
  named: RevenueChangeRow | null,
): RevenueChangeRow | null {
  const own = byPlace(
    stores.filter(({ segment_no }) => segment_no === 1),
    'cause_no',
  );
  const [first] = own;
  return first && first.segment !== named?.segment ? first : null;
}

function partOf(part: RevenueChangeRow, whole: RevenueChangeRow): number {
  return Number(part.cause_effect) / Number(whole.cause_effect);
}

/** Rows that have a place, in their order. */
function byPlace(rows: readonly RevenueChangeRow[], place: 'rank_no' | 'cause_no'): RevenueChangeRow[] {
  return rows.filter((row) => row[place] !== null).toSorted((a, b) => (a[place] ?? 0) - (b[place] ?? 0));
}

/** Hardly a difference of money, and neither orders nor money changed by more than noise. */
function isSlight(
  { compared_ratio, compared_difference }: RevenueChangeRow,
  changes: readonly FunnelChangeRow[],
): boolean {
  const judged = changes.filter(({ figure }) => ['orders', 'signed', 'upsold'].includes(figure));
  return (
    Number(compared_difference) !== 0 &&
    Math.abs(compared_ratio ?? 1) < SLIGHT &&
    judged.every((row) => verdictOf(row) !== 'more_than_noise')
  );
}
