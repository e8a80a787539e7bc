import { ladderMark } from '#lib/charts/ladder.ts';
import type { LadderMark } from '#lib/charts/ladder.ts';
import type { UpsellLadderRow } from '#lib/server/reports.gen.ts';
import type { Locale } from '#lib/words/locale.ts';
import { figureLink } from './figure-link.ts';
import type { LinkParameters } from './figure-link.ts';
import { count, money, percent, percentRange } from './numbers.ts';

/** One rung of the upsell ladder in the reader's figures: the order itself, a touchpoint, or both together. */
export type LadderRow = {
  /** order, sale, shoot, viewing, pickup or total; null where upsells name no touchpoint. */
  touchpoint: string | null;
  isRung: boolean;
  reached: string | null;
  sold: string | null;
  rate: string | null;
  interval: string | null;
  note: string | null;
  mark: LadderMark | null;
  each: string | null;
  amount: string | null;
  link: string;
  /** Orders of the cohort that have not come that far; null in the period view or without any. */
  unfinished: string | null;
};

/** The rungs of one segment, from the order to the total; `params` are those of upsell_ladder. */
export function ladderView(
  locale: Locale,
  currency: string,
  rows: readonly UpsellLadderRow[],
  params: LinkParameters,
): LadderRow[] {
  const highest = Math.max(...rows.map(({ amount_per_sold }) => Number(amount_per_sold ?? 0)));
  return rows.map((row) => {
    const interval =
      row.attach_low === null || row.attach_high === null
        ? null
        : { low: row.attach_low, high: row.attach_high };
    const isRung = row.touchpoint !== 'order' && row.touchpoint !== 'total';
    const value = row.amount_per_sold === null ? null : Number(row.amount_per_sold);
    return {
      touchpoint: row.touchpoint,
      isRung,
      reached: isRung && row.reached !== null ? count(locale, row.reached) : null,
      sold: row.sold_orders === null ? null : count(locale, row.sold_orders),
      rate: row.attach_rate === null ? null : percent(locale, row.attach_rate),
      interval: interval && percentRange(locale, interval.low, interval.high),
      note: isRung ? row.rate_note : null,
      mark: isRung ? ladderMark(row.attach_rate, interval, value, highest) : null,
      each: row.amount_per_sold === null ? null : money(locale, currency, row.amount_per_sold),
      amount: row.amount === null ? null : money(locale, currency, row.amount),
      link: figureLink('upsell_ladder', 'amount', params, {
        segment: row.segment,
        touchpoint_no: row.touchpoint_no,
      }),
      unfinished: row.unfinished ? count(locale, row.unfinished) : null,
    };
  });
}
