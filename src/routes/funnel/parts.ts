import type { ReconciliationRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, money } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

export type Part = 'this_period' | 'older' | 'later' | 'unannounced' | 'repeat' | 'total';

/** One of the five numbers, or their total; `from` and `share` place its bar: shares of the whole in 0…1. */
export type PartRow = {
  part: Part;
  orders: string;
  amount: string;
  href: string;
  none: boolean;
  from: number;
  share: number;
};

export type PartsView = {
  rows: PartRow[];
  /** Orders of the period's own leads, and all of them, for the finding. */
  own: string;
  total: string;
  none: boolean;
};

/** Where the orders of a period come from: five numbers and their total, each bar beginning where the one before ends. */
export function partsView(
  locale: Locale,
  currency: string,
  rows: readonly ReconciliationRow[],
  asked: { from: string; to: string; where: readonly string[] },
): PartsView {
  const part = (name: Part) => rows.find((row) => row.part === name)?.orders ?? 0;
  return {
    rows: rows.map((row) => ({
      part: row.part as Part,
      orders: count(locale, row.orders),
      amount: money(locale, currency, row.amount),
      href: figureLink('reconciliation', 'orders', asked, { segment: 'all', part_no: row.part_no }),
      none: row.orders === 0,
      from: row.share_before ?? 0,
      share: row.share ?? 0,
    })),
    own: count(locale, part('this_period')),
    total: count(locale, part('total')),
    none: part('total') === 0,
  };
}
