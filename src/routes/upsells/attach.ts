import { dotOf } from '#lib/charts/dot.ts';
import type { DotMark } from '#lib/charts/dot.ts';
import type { UpsellLadderRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, money, percent, percentRange } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

/** What one segment sold at one touchpoint, in the reader's figures. */
export type Attach = {
  touchpoint: string | null;
  rate: string | null;
  interval: string | null;
  hits: string;
  reached: string;
  note: string | null;
  dot: DotMark | null;
  sold: string;
  pieces: string;
  each: string | null;
  perReached: string | null;
  amount: string;
  link: string;
  /** The amount as a share of the largest one beside it, for its bar. */
  share: number;
};

/** The row of the ladder as it is shown; the rate's axis ends at `end`, the amount's bar at `largest`. */
export function attachOf(
  locale: Locale,
  currency: string,
  row: UpsellLadderRow,
  { end, largest, params }: { end: number; largest: number; params: LinkParameters },
): Attach {
  const { attach_rate, attach_low, attach_high } = row;
  const interval =
    attach_low === null || attach_high === null ? null : { low: attach_low, high: attach_high };
  const inMoney = (amount: string | null) => (amount === null ? null : money(locale, currency, amount));
  return {
    touchpoint: row.touchpoint,
    rate: attach_rate === null ? null : percent(locale, attach_rate),
    interval: interval && percentRange(locale, interval.low, interval.high),
    hits: count(locale, row.attach_hits ?? 0),
    reached: count(locale, row.reached ?? 0),
    note: attach_rate === null ? row.rate_note : null,
    dot: dotOf(attach_rate, { interval }, end),
    sold: count(locale, row.sold_orders ?? 0),
    pieces: count(locale, row.pieces ?? 0),
    each: inMoney(row.amount_per_sold),
    perReached: inMoney(row.amount_per_reached),
    amount: inMoney(row.amount) ?? '—',
    link: figureLink('upsell_ladder', 'amount', params, {
      segment: row.segment,
      touchpoint_no: row.touchpoint_no,
    }),
    share: largest > 0 ? Math.max(0, Number(row.amount ?? 0) / largest) : 0,
  };
}

/** Whether the row is one of the touchpoints and not the order itself or the sum. */
export function isRung({ touchpoint }: Pick<UpsellLadderRow, 'touchpoint'>): boolean {
  return touchpoint !== 'order' && touchpoint !== 'total';
}
