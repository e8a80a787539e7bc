import { draw } from '#lib/charts/draw.ts';
import type { Drawing } from '#lib/charts/draw.ts';
import { rateTrendOption } from '#lib/charts/rate-trend.ts';
import type { RatePoint } from '#lib/charts/rate-trend.ts';
import type { StaffFiguresRow } from '#lib/server/reports.gen.ts';
import { monthName, shortDay } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, money, percent, percentRange } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { Span } from './question.ts';

/** What the figures of a desk are reckoned and written with. */
export type Setting = {
  locale: Locale;
  currency: string;
  span: Span;
  starts: readonly string[];
  staff: string;
};

type Link = { text: string; href: string };

/** One figure in the running period: the rate, what it is worth, and what is still to come. */
export type FigureNow = {
  /** Null where there are too few units for a rate to say anything. */
  rate: Link | null;
  interval: string;
  hits: string;
  base: string;
  unfinished: string | null;
  each: (Link & { low: string | null; high: string | null }) | null;
  /** What one more success in ten would bring. */
  more: Link | null;
};

export type FigureView = { figure: string; now: FigureNow | null; trend: TrendView | null };

/** The own past: a drawing, and the same as a table. */
export type TrendView = {
  drawing: Drawing;
  rows: { period: string; rate: string; interval: string; of: string }[];
};

/** The figures of the own desk one by one, in the order of the path. */
export function deskOf(setting: Setting, rows: readonly StaffFiguresRow[]): FigureView[] {
  return [...new Set(rows.map(({ figure }) => figure))].map((figure) => {
    const own = rows.filter((row) => row.figure === figure);
    const now = own.find(({ starts_on }) => starts_on === setting.starts.at(-1));
    return { figure, now: now ? nowOf(setting, now) : null, trend: trendOf(setting, figure, own) };
  });
}

/** The link that opens a figure of a row. */
export function opened({ span, starts, staff }: Setting, row: StaffFiguresRow, column: string): string {
  return figureLink(
    'staff_figures',
    column,
    { from: starts[0], grain: span, staff },
    { staff_id: row.staff_id, figure: row.figure, starts_on: row.starts_on },
  );
}

function nowOf(setting: Setting, row: StaffFiguresRow): FigureNow {
  const { locale, currency } = setting;
  const inMoney = (amount: string | null) => (amount === null ? null : money(locale, currency, amount));
  const link = (text: string | null, column: string): Link | null =>
    text === null ? null : { text, href: opened(setting, row, column) };
  const each = link(inMoney(row.per_unit), 'per_unit');
  return {
    rate: row.too_early ? null : link(percent(locale, row.rate), 'rate'),
    interval: percentRange(locale, row.rate_low, row.rate_high),
    hits: count(locale, row.hits),
    base: count(locale, row.base),
    unfinished: row.unfinished > 0 ? count(locale, row.unfinished) : null,
    each: each && { ...each, low: inMoney(row.per_unit_low), high: inMoney(row.per_unit_high) },
    more: Number(row.one_more_amount ?? 0) > 0 ? link(inMoney(row.one_more_amount), 'one_more_amount') : null,
  };
}

/** The hue of what a figure counts in the end: consultations, else orders. */
const hueOf = (figure: string) => (figure === 'lead_visits' ? 3 : 4);

function trendOf(
  { locale, span, starts }: Setting,
  figure: string,
  rows: readonly StaffFiguresRow[],
): TrendView | null {
  if (rows.length < 2) return null;
  const points = starts.map((start): RatePoint & { row: StaffFiguresRow | undefined } => {
    const row = rows.find(({ starts_on }) => starts_on === start);
    return {
      row,
      week: periodName(locale, span, start),
      rate: row?.rate ?? null,
      low: row?.rate_low ?? null,
      high: row?.rate_high ?? null,
      finished: row?.unfinished === 0,
    };
  });
  const write = (rate: number) => percent(locale, rate);
  const { narrow } = draw((width) => rateTrendOption(points, hueOf(figure), figure, write, width), 'half');
  return {
    drawing: narrow,
    rows: points.map(({ week, row }) => ({
      period: week,
      rate: row ? write(row.rate) : '—',
      interval: row ? percentRange(locale, row.rate_low, row.rate_high) : '',
      of: row
        ? word(locale, 'rate.of', { hits: count(locale, row.hits), base: count(locale, row.base) })
        : '',
    })),
  };
}

function periodName(locale: Locale, span: Span, start: string): string {
  if (span === 'week') return shortDay(locale, start);
  if (span === 'month') return monthName(locale, start);
  return `${start.slice(0, 4)} Q${Math.ceil(Number(start.slice(5, 7)) / 3)}`;
}
