import type { FunnelChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { money, relative } from '#lib/ui/numbers.ts';
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

/**
 * Signed, upsold, collected and outstanding money of a week, all stores; changes are those of the stores that both weeks
 * have. `params` are those of week_summary.
 */
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
    const ratio = name === 'outstanding' ? null : summary[`${name}_ratio_change`];
    const over60 = name === 'outstanding' ? summary.outstanding_over_60 : null;
    return {
      name,
      text: amount === null ? null : money(locale, currency, amount),
      change: change?.verdict
        ? {
            text: ratio === null ? null : relative(locale, ratio),
            verdict: change.verdict as Verdict,
          }
        : null,
      over60: over60 === null ? null : money(locale, currency, over60),
      link: figureLink('week_summary', name, params, { segment: 'all' }),
    };
  });
}
