import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { shortDay } from '#lib/ui/dates.ts';
import { count, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { Verdict } from './steps.ts';

/** The figures behind the week's sentence, in the reader's figures. */
export type SentenceView = {
  signed: { count: string; one: boolean; amount: string } | null;
  /** How many orders more or fewer than the reference; null without one. */
  orders: { direction: 'fewer' | 'more' | 'same'; count: string } | null;
  reason: { term: string; segment: string | null; direction: 'down' | 'up' } | null;
  /** The change of revenue, said where it went the other way than the orders. */
  though: { direction: 'less' | 'more'; amount: string } | null;
  verdict: Verdict | null;
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
  const revenue = Number(reasons[0]?.difference ?? 0);
  const main = mainReason(reasons, revenue);
  const apart =
    isWhole && change !== null && change !== 0 && revenue !== 0 && Math.sign(change) !== Math.sign(revenue);
  return {
    signed:
      orders === null || signed === null
        ? null
        : { count: count(locale, orders), one: orders === 1, amount: shortMoney(locale, currency, signed) },
    orders: change === null ? null : ordersOf(locale, change),
    reason: main ? { term: main.term, segment: main.segment, direction: revenue < 0 ? 'down' : 'up' } : null,
    though: apart
      ? {
          direction: revenue < 0 ? 'less' : 'more',
          amount: shortMoney(locale, currency, String(Math.abs(revenue))),
        }
      : null,
    verdict: (judged?.verdict ?? null) as Verdict | null,
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

/** The largest effect in the direction of the difference, among the stores that are compared. */
function mainReason(reasons: readonly RevenueChangeRow[], revenue: number): RevenueChangeRow | undefined {
  return reasons
    .filter(
      ({ term, rank_no, effect }) => term !== 'left_out' && rank_no !== null && Number(effect) * revenue > 0,
    )
    .toSorted((a, b) => (a.rank_no ?? 0) - (b.rank_no ?? 0))[0];
}

function ordersOf(locale: Locale, change: number) {
  const direction = change < 0 ? 'fewer' : change > 0 ? 'more' : 'same';
  return { direction, count: count(locale, Math.abs(change)) } as const;
}
