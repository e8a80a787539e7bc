import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { shortDay } from '#lib/ui/dates.ts';
import { count, percent, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { Verdict } from './steps.ts';

/** A fall of orders that cannot be told from chance up to this share is said as that, not as normal. */
const BLIND = 0.5;

/** The figures behind the week's sentence, in the reader's figures. */
export type SentenceView = {
  signed: { count: string; one: boolean; amount: string } | null;
  /** How many orders more or fewer than the reference; null without one. */
  orders: { direction: 'fewer' | 'more' | 'same'; count: string } | null;
  reason: { term: string; segment: string | null; direction: 'down' | 'up' } | null;
  /** The change of revenue, said where it went the other way than the orders. */
  though: { direction: 'less' | 'more'; amount: string } | null;
  verdict: Verdict | null;
  /** The smallest fall that could be told from chance, where that is more than half; null where less. */
  blindBelow: string | null;
  missing: { store: string | null; step: number; from: string; to: string; oneDay: boolean } | null;
  running: boolean;
  /** The movable festival by which last year's week was found; null where the calendar's own week is compared. */
  festival: string | null;
};

/**
 * One sentence about a week: orders and money, against what, mainly why, and whether that is more than noise. Where a
 * store's lists are missing all of it is about the others.
 */
export function sentenceView(
  locale: Locale,
  currency: string,
  summary: WeekSummaryRow,
  changes: readonly FunnelChangeRow[],
  reasons: readonly RevenueChangeRow[],
): SentenceView {
  const judged = changes.find(({ figure }) => figure === 'orders');
  const isWhole = summary.missing_from === null;
  const orders = isWhole ? summary.orders : summary.orders_compared;
  const signed = isWhole ? summary.signed : summary.signed_compared;
  const change = summary.orders_change;
  const main = reasons.find(({ rank_no }) => rank_no === 1);
  const direction = Number(main?.effect ?? 0) < 0 ? 'down' : 'up';
  const difference = change === null ? null : ordersOf(locale, change);
  const isApart = change !== null && change < 0 !== (direction === 'down');
  const hasReason = main !== undefined && difference?.direction !== 'same' && (isWhole || !isApart);
  return {
    signed:
      orders === null || signed === null
        ? null
        : { count: count(locale, orders), one: orders === 1, amount: shortMoney(locale, currency, signed) },
    orders: difference,
    reason: hasReason ? { term: main.term, segment: main.segment, direction } : null,
    though:
      hasReason && isApart
        ? {
            direction: direction === 'down' ? 'less' : 'more',
            amount: shortMoney(locale, currency, main.difference.replace('-', '')),
          }
        : null,
    verdict: (judged?.verdict ?? null) as Verdict | null,
    blindBelow:
      change !== null && change < 0 && judged?.detectable_drop != null && judged.detectable_drop > BLIND
        ? percent(locale, judged.detectable_drop)
        : null,
    missing:
      summary.missing_from === null || summary.missing_to === null
        ? null
        : {
            store: summary.missing_store,
            step: summary.missing_step_no ?? 2,
            from: shortDay(locale, summary.missing_from),
            to: shortDay(locale, summary.missing_to),
            oneDay: summary.missing_from === summary.missing_to,
          },
    running: summary.running,
    festival: judged?.matched_festival ?? null,
  };
}

/** In whole orders: against a mean the difference has decimals that nobody counts. */
function ordersOf(locale: Locale, change: number) {
  const whole = Math.round(Math.abs(change));
  const direction = whole === 0 ? 'same' : change < 0 ? 'fewer' : 'more';
  return { direction, count: count(locale, whole) } as const;
}
