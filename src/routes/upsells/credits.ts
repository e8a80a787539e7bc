import type { LadderCreditRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, measure, money, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { valueName } from '../segment-words.ts';

/** What one of the staff is credited with, in the reader's figures. */
export type CreditRow = {
  segment: string | null;
  /** Null for upsells that name nobody. */
  person: string | null;
  upsells: string;
  shared: string;
  credit: string;
  amount: string;
  share: string | null;
  links: Record<'upsells' | 'shared' | 'credit_amount', string>;
};

/** Who is credited with what; `params` are those of ladder_credit, with `by` where it is divided. Server only. */
export function creditsView(
  locale: Locale,
  currency: string,
  rows: readonly LadderCreditRow[],
  { by, ...params }: LinkParameters & { by: string | null },
): CreditRow[] {
  return rows.map((row) => {
    const open = (column: string) =>
      figureLink(
        'ladder_credit',
        column,
        { ...params, by },
        { segment: row.segment, staff_id: row.staff_id },
      );
    return {
      segment: by === null ? null : valueName(locale, by, row.segment),
      person: row.staff_id === null ? null : [row.staff_id, row.staff_name ?? ''].join(' ').trim(),
      upsells: count(locale, row.upsells),
      shared: count(locale, row.shared),
      credit: measure(locale, Number(row.credit), 6),
      amount: money(locale, currency, row.credit_amount),
      share: row.amount_share === null ? null : percent(locale, row.amount_share),
      links: { upsells: open('upsells'), shared: open('shared'), credit_amount: open('credit_amount') },
    };
  });
}
