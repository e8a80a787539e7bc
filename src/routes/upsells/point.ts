import type { LadderPointRow } from '#lib/server/reports.gen.ts';
import { period } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, measure, money } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

/** What one more point of attach rate is worth at a touchpoint, in the reader's figures. */
export type PointRow = {
  touchpoint: string;
  value: string;
  low: string | null;
  high: string | null;
  orders: string;
  each: string;
  link: string;
};

export type PointView = { rows: PointRow[]; months: string; from: string; to: string };

/** The value of one more point, touchpoint by touchpoint; null without a complete month. Server only. */
export function pointView(
  locale: Locale,
  currency: string,
  rows: readonly LadderPointRow[],
  params: LinkParameters & { from: string; to: string },
): PointView | null {
  const inMoney = (amount: string | null) => (amount === null ? null : money(locale, currency, amount));
  const [first] = rows;
  if (first?.months == null) return null;
  const [from = '', to = ''] = [params.from, params.to].map((day) => period(locale, day, day));
  return {
    months: count(locale, first.months),
    from,
    to,
    rows: rows.flatMap((row) => {
      const [value, each] = [inMoney(row.value), inMoney(row.amount_per_sold)];
      if (value === null || each === null || row.reached_per_month === null) return [];
      return [
        {
          touchpoint: row.touchpoint,
          value,
          low: inMoney(row.value_low),
          high: inMoney(row.value_high),
          orders: measure(locale, row.reached_per_month),
          each,
          link: figureLink('ladder_point', 'value', params, {
            segment: row.segment,
            touchpoint_no: row.touchpoint_no,
          }),
        },
      ];
    }),
  };
}
