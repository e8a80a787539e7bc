import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { shortRange } from '#lib/ui/dates.ts';
import { count, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { comparedBase, wholeBase } from './base.ts';
import type { Base } from './base.ts';
import type { NoReason, Reason } from './reason.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** From this change of orders on, within noise, it is said that one week proves nothing. */
const LARGE = 0.15;

/** The figures behind the week's sentence, in the reader's figures. */
export type SentenceView = {
  /** Of all stores; null without a list of orders. */
  signed: { count: string; one: boolean; amount: string } | null;
  /** Whose orders the difference is about. */
  base: Base;
  /** How many orders more or fewer than the reference; null where nothing is compared. */
  orders: { direction: 'fewer' | 'more' | 'same'; count: string; one: boolean } | null;
  /** What revenue did; null where it is compared with nothing. */
  revenue: {
    direction: 'less' | 'more';
    amount: string;
    /** Revenue went the other way than the orders. */
    though: boolean;
    /** The stores it is about, where they are others than those of the orders; null where they are the same. */
    stores: number | null;
    /** The one reason; null where the change is too slight to need one. */
    reason: SentenceReason | null;
  } | null;
  verdict: Verdict | null;
  /** Where the orders are within noise: whether their change looks large, and whether the page marks another figure as more. */
  isLarge: boolean;
  isElseCalled: boolean;
  missing: MissingView | null;
  /** Days of the week, or of what it is compared with, on which the shops were closed around a festival. */
  closed: { festival: string; days: string | null } | null;
  running: boolean;
  /** The movable festival by which last year's week was found; null where the calendar's own week is compared. */
  festival: string | null;
  /** Another comparison answers what this one cannot: the same week of the year before. */
  betterCompared: boolean;
};

export type SentenceReason = {
  term: string;
  direction: 'down' | 'up';
  /** It is more than noise. */
  called: boolean;
  isMain: boolean;
  store: { name: string | null } | null;
  /** The store that moved most, where it is another. */
  furthest: { name: string | null } | null;
};

/** The first gap that a comparison suffers from, and the other stores that lack something. */
export type MissingView = {
  store: string | null;
  /** What is missing: 2 leads, 3 visits, 4 orders; null where no list has a row. */
  step: number | null;
  days: string;
  others: (string | null)[];
};

/**
 * One sentence about a week: orders and money, against what, what revenue did and why, and whether that is more than
 * noise. The figures are those of all stores; what is compared says of which stores it speaks. `marked` are all figures that
 * the page may mark as more than noise.
 */
export function sentenceView(
  locale: Locale,
  currency: string,
  summary: WeekSummaryRow,
  changes: readonly FunnelChangeRow[],
  whole: readonly RevenueChangeRow[],
  reason: Reason | NoReason,
  marked: readonly FunnelChangeRow[] = changes,
): SentenceView {
  const judged = changes.find(({ figure }) => figure === 'orders');
  const verdict = verdictOf(judged);
  const { orders, signed, orders_change: change } = summary;
  const base = comparedBase(summary);
  const missing = missingView(locale, summary, whole);
  const difference =
    change === null || (reason === 'holiday' && change <= 0) ? null : ordersOf(locale, change);
  const cannotCompare = verdict === 'holiday' || isGapBefore(summary);
  return {
    signed:
      orders === null || signed === null
        ? null
        : { count: count(locale, orders), one: orders === 1, amount: shortMoney(locale, currency, signed) },
    base,
    orders: difference,
    revenue: revenueOf(locale, currency, summary, whole, reason, difference),
    verdict,
    isLarge: Math.abs(judged?.ratio_change ?? 0) >= LARGE,
    isElseCalled: marked.some((row) => verdictOf(row) === 'more_than_noise'),
    missing,
    closed: closedOf(locale, summary),
    running: summary.running,
    festival: judged?.matched_festival ?? null,
    betterCompared: cannotCompare,
  };
}

/** In whole orders: against a mean the difference has decimals that nobody counts. */
function ordersOf(locale: Locale, change: number) {
  const whole = Math.round(Math.abs(change));
  const direction = whole === 0 ? 'same' : change < 0 ? 'fewer' : 'more';
  return { direction, count: count(locale, whole), one: whole === 1 } as const;
}

function revenueOf(
  locale: Locale,
  currency: string,
  summary: WeekSummaryRow,
  [first]: readonly RevenueChangeRow[],
  reason: Reason | NoReason,
  orders: SentenceView['orders'],
): SentenceView['revenue'] {
  if (!first || (typeof reason === 'string' && reason !== 'slight')) return null;
  const direction = first.compared_difference.startsWith('-') ? 'less' : 'more';
  const [compared, whole] = [comparedBase(summary), wholeBase(summary)];
  const sameStores = summary.compared_stores === summary.whole_stores;
  return {
    direction,
    amount: shortMoney(locale, currency, first.compared_difference.replace('-', '')),
    though: orders !== null && orders.direction === (direction === 'less' ? 'more' : 'fewer'),
    stores: whole.kind === 'part' && !(sameStores && compared.kind === 'part') ? whole.stores : null,
    reason: typeof reason === 'string' ? null : sentenceReason(reason),
  };
}

function sentenceReason({ term, direction, isMain, verdict, store, furthest }: Reason): SentenceReason {
  return {
    term,
    direction,
    isMain,
    called: verdict === 'more_than_noise',
    store: store && { name: store.segment },
    furthest: furthest && { name: furthest.segment },
  };
}

function missingView(
  locale: Locale,
  summary: WeekSummaryRow,
  whole: readonly RevenueChangeRow[],
): MissingView | null {
  const { missing_from: from, missing_to: to, missing_store: store } = summary;
  if (from === null || to === null) return null;
  const leftOut = whole.filter(({ term }) => term === 'left_out').map(({ segment }) => segment);
  return {
    store,
    step: summary.missing_every_list ? null : (summary.missing_step_no ?? 2),
    days: shortRange(locale, from, to),
    others: leftOut.filter((name) => name !== store),
  };
}

function closedOf(locale: Locale, summary: WeekSummaryRow): SentenceView['closed'] {
  const { festival, closed_from: from, closed_to: to, reference_closed_days } = summary;
  if (festival === null) return null;
  if (from !== null && to !== null) return { festival, days: shortRange(locale, from, to) };
  return reference_closed_days > 0 ? { festival, days: null } : null;
}

/** The gap lies in what the week is compared with, not in the week: another reference may have none. */
function isGapBefore({ missing_to, reference_to }: WeekSummaryRow): boolean {
  return missing_to !== null && reference_to !== null && missing_to <= reference_to;
}
