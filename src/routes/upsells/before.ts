import type { LadderBeforeRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, percent, percentRange, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** The orders of one past at one touchpoint, in the reader's figures. */
export type BeforeRow = {
  touchpoint: string;
  past: string;
  isWhole: boolean;
  reached: string;
  offered: string | null;
  rate: string | null;
  interval: string | null;
  bought: string;
  taken: string | null;
  takenOf: string;
  difference: string | null;
  verdict: string | null;
  links: Record<'reached' | 'offered_orders' | 'bought', string>;
  /** Offered, bought and the interval of bought, as shares of who came. */
  bar: { offered: number; bought: number; low: number; high: number } | null;
};

/** Who came, was offered something and bought, touchpoint by touchpoint; `params` are those of ladder_before. Server only. */
export function beforeView(
  locale: Locale,
  rows: readonly LadderBeforeRow[],
  params: LinkParameters,
): BeforeRow[] {
  const rate = (value: number | null) => (value === null ? null : percent(locale, value));
  return rows.map((row) => {
    const { attach_low: low, attach_high: high, attach_rate, offered_rate } = row;
    const open = (column: string) =>
      figureLink('ladder_before', column, params, {
        segment: row.segment,
        touchpoint_no: row.touchpoint_no,
        past: row.past,
      });
    return {
      touchpoint: row.touchpoint,
      past: word(locale, `code.past.${row.past}`),
      isWhole: row.past === 'any',
      reached: count(locale, row.reached),
      offered: rate(offered_rate),
      rate: rate(attach_rate),
      interval: low === null || high === null ? null : percentRange(locale, low, high),
      bought: count(locale, row.bought),
      taken: rate(row.taken_rate),
      takenOf: count(locale, row.offered_orders),
      difference:
        row.difference === null || attach_rate === null ? null : points(locale, row.difference, attach_rate),
      verdict: row.verdict === null ? null : word(locale, `builder.verdict.${row.verdict}`),
      links: { reached: open('reached'), offered_orders: open('offered_orders'), bought: open('bought') },
      bar:
        attach_rate === null || offered_rate === null || low === null || high === null
          ? null
          : { offered: offered_rate, bought: attach_rate, low, high },
    };
  });
}
