import type { FunnelChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { money, relative, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { comparedBase } from './base.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

export const SUMS = ['signed', 'upsold', 'collected', 'outstanding'] as const;
export type SumName = (typeof SUMS)[number];

/** One of the four sums in the reader's figures; `text` is null where there is no list of it. */
export type SumView = {
  name: SumName;
  text: string | null;
  change: {
    text: string | null;
    verdict: Verdict;
    /** What is compared where that is not all stores: how many stores, their sum before and now. */
    part: { stores: number; before: string; after: string } | null;
  } | null;
  /** What of the outstanding money is older than 60 days. */
  over60: string | null;
  link: string;
};

/**
 * Signed, upsold, collected and outstanding money of a week, of all stores; a change of fewer stores says of how many, from
 * what to what. `params` are those of week_summary.
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
    const over60 = name === 'outstanding' ? summary.outstanding_over_60 : null;
    return {
      name,
      text: amount === null ? null : money(locale, currency, amount),
      change: name === 'outstanding' ? null : changeOf(locale, currency, name, summary, changes),
      over60: over60 === null ? null : money(locale, currency, over60),
      link: figureLink('week_summary', name, params, { segment: 'all' }),
    };
  });
}

function changeOf(
  locale: Locale,
  currency: string,
  name: Exclude<SumName, 'outstanding'>,
  summary: WeekSummaryRow,
  changes: readonly FunnelChangeRow[],
): SumView['change'] {
  const verdict = verdictOf(changes.find(({ figure }) => figure === name));
  if (verdict === null) return null;
  const ratio = verdict === 'holiday' ? null : summary[`${name}_ratio_change`];
  const [before, after] = [summary[`${name}_reference`], summary[`${name}_compared`]];
  const base = comparedBase(summary);
  return {
    text: ratio === null ? null : relative(locale, ratio),
    verdict,
    part:
      base.kind === 'part' && before !== null && after !== null
        ? {
            stores: base.stores,
            before: shortMoney(locale, currency, before),
            after: shortMoney(locale, currency, after),
          }
        : null,
  };
}
