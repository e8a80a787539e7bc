import { extent } from '#lib/charts/ticks.ts';
import type { LadderWaitsRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, days } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** One stretch of the way, in the reader's figures. */
export type LegRow = {
  name: string;
  orders: string;
  arrived: string;
  open: string;
  cancelled: string;
  median: string | null;
  interval: string | null;
  spread: string | null;
  early: string | null;
  links: Record<'orders' | 'arrived' | 'open_orders' | 'cancelled', string>;
  /** Places in 0…1; the right ends are 1 and open where so many have not arrived. */
  bar: { p10: number; p25: number; median: number | null; p75: number; p90: number; open: boolean } | null;
};

export type LegsView = { rows: LegRow[]; end: string };

/** How long orders take between touchpoints; `params` are those of ladder_waits. Server only. */
export function legsView(locale: Locale, rows: readonly LadderWaitsRow[], params: LinkParameters): LegsView {
  const longest = rows.flatMap((row) => [row.p90_days, row.p75_days, row.median_days, row.p25_days]);
  const end = Math.max(extent(longest)?.high ?? 1, 1);
  const inDays = (value: number | null) => (value === null ? '…' : days(locale, value));
  return {
    end: days(locale, end),
    rows: rows.map((row) => {
      const open = (column: string) =>
        figureLink('ladder_waits', column, params, { segment: row.segment, leg_no: row.leg_no });
      const { p10_days: p10, p25_days: p25, p75_days: p75, p90_days: p90, median_days: median } = row;
      return {
        name: word(locale, `code.leg.${row.leg}`),
        orders: count(locale, row.orders),
        arrived: count(locale, row.arrived),
        open: count(locale, row.open_orders),
        cancelled: count(locale, row.cancelled),
        median: median === null ? null : days(locale, median),
        interval: median === null ? null : `${inDays(row.median_low)}–${inDays(row.median_high)}`,
        spread: p10 === null ? null : `${inDays(p10)}–${inDays(p90)}`,
        early: row.too_early > 0 ? count(locale, row.too_early) : null,
        links: {
          orders: open('orders'),
          arrived: open('arrived'),
          open_orders: open('open_orders'),
          cancelled: open('cancelled'),
        },
        bar:
          p10 === null
            ? null
            : {
                p10: p10 / end,
                p25: (p25 ?? end) / end,
                median: median === null ? null : median / end,
                p75: (p75 ?? end) / end,
                p90: (p90 ?? end) / end,
                open: p90 === null,
              },
      };
    }),
  };
}
