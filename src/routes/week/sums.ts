import type { FunnelChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, money, relative } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { Verdict } from './steps.ts';

export const SUMS = ['signed', 'upsold', 'collected', 'outstanding'] as const;
export type SumName = (typeof SUMS)[number];

/** One of the four sums in the reader's figures; `text` is null where there is no list of it. */
export type SumView = {
  name: SumName;
  text: string | null;
  change: { text: string | null; verdict: Verdict } | null;
  /** What of the outstanding money is older than 60 days. */
  over60: string | null;
  link: string;
};

/** Signed, upsold, collected and outstanding money of a week. `params` are those of week_summary. */
export function sumsView(
  locale: Locale,
  currency: string,
  summary: WeekSummaryRow,
  changes: readonly FunnelChangeRow[],
  params: LinkParameters,
): SumView[] {
  return SUMS.map((name) => {
    const amount = summary[name];
    const change = changes.find(({ figure }) => figure === name);
    const over60 = name === 'outstanding' ? summary.outstanding_over_60 : null;
    return {
      name,
      text: amount === null ? null : money(locale, currency, amount),
      change: change?.verdict
        ? {
            text: change.ratio_change === null ? null : relative(locale, change.ratio_change),
            verdict: change.verdict as Verdict,
          }
        : null,
      over60: over60 === null ? null : money(locale, currency, over60),
      link: figureLink('week_summary', name, params, { segment: 'all' }),
    };
  });
}

/** How many orders owe, as text; null without a list of payments. */
export function owingOrders(locale: Locale, { outstanding_orders }: WeekSummaryRow): string | null {
  return outstanding_orders === null ? null : count(locale, outstanding_orders);
}
