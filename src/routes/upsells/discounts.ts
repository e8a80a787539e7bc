import { dotOf } from '#lib/charts/dot.ts';
import type { DotMark } from '#lib/charts/dot.ts';
import type { OrderDiscountsRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, money, percent, percentRange, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { valueName } from '../segment-words.ts';

/** What was signed below list price, in the reader's figures. */
export type DiscountRow = {
  name: string | null;
  rate: string | null;
  interval: string | null;
  hits: string;
  base: string;
  dot: DotMark | null;
  median: string;
  medianShare: string;
  total: string;
  ofList: string;
  link: string;
};

/** What discounted and other orders bought besides, as the words of the page take it. */
export type Relation = Record<
  | 'discounted'
  | 'discountedHits'
  | 'discountedBase'
  | 'discountedUpsold'
  | 'full'
  | 'fullHits'
  | 'fullBase'
  | 'fullUpsold'
  | 'difference'
  | 'low'
  | 'high',
  string
>;

export type DiscountsView = { rows: DiscountRow[]; relation: Relation | null };

/** Discounts of the asked division below those of all together; `params` are those of order_discounts. Server only. */
export function discountsView(
  locale: Locale,
  currency: string,
  { whole, divided }: { whole: readonly OrderDiscountsRow[]; divided: readonly OrderDiscountsRow[] },
  { by, ...params }: LinkParameters & { by: string | null },
): DiscountsView {
  const inMoney = (amount: string | null) => (amount === null ? '—' : money(locale, currency, amount));
  const inPercent = (rate: number | null) => (rate === null ? '—' : percent(locale, rate));
  const listed = whole.filter((row) => row.listed > 0);
  const row = (one: OrderDiscountsRow, field: string | null): DiscountRow => {
    const { discount_low: low, discount_high: high } = one;
    const interval = low === null || high === null ? null : { low, high };
    return {
      name: field === null ? null : valueName(locale, field, one.segment),
      rate: one.discount_rate === null ? null : percent(locale, one.discount_rate),
      interval: interval && percentRange(locale, interval.low, interval.high),
      hits: count(locale, one.discounted),
      base: count(locale, one.listed),
      dot: dotOf(one.discount_rate, { interval }, 1),
      median: inMoney(one.median_discount),
      medianShare: inPercent(one.median_share),
      total: inMoney(one.discount_amount),
      ofList: inPercent(one.discount_share),
      link: figureLink('order_discounts', 'discounted', { ...params, by: field }, { segment: one.segment }),
    };
  };
  return {
    rows: [
      ...listed.map((one) => row(one, null)),
      ...divided.filter((one) => one.listed > 0).map((one) => row(one, by)),
    ],
    relation: listed.map((one) => relationOf(locale, inMoney, one))[0] ?? null,
  };
}

function relationOf(
  locale: Locale,
  inMoney: (amount: string | null) => string,
  row: OrderDiscountsRow,
): Relation | null {
  const { discounted_rate, full_rate, difference, difference_low, difference_high } = row;
  if (discounted_rate === null || full_rate === null || difference === null) return null;
  if (difference_low === null || difference_high === null) return null;
  return {
    discounted: percent(locale, discounted_rate),
    discountedHits: count(locale, row.discounted_bought),
    discountedBase: count(locale, row.discounted_base),
    discountedUpsold: inMoney(row.discounted_upsold),
    full: percent(locale, full_rate),
    fullHits: count(locale, row.full_bought),
    fullBase: count(locale, row.full_base),
    fullUpsold: inMoney(row.full_upsold),
    difference: points(locale, difference, full_rate),
    low: points(locale, difference_low, full_rate),
    high: points(locale, difference_high, full_rate),
  };
}
