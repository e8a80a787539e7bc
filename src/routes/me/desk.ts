import { draw } from '#lib/charts/draw.ts';
import type { Drawing } from '#lib/charts/draw.ts';
import { rateTrendOption } from '#lib/charts/rate-trend.ts';
import type { Scale } from '#lib/charts/rate-trend.ts';
import { amountTicks } from '#lib/charts/ticks.ts';
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

/** `worth` is the trend of what a unit is worth, of the figure whose units are orders. */
export type FigureView = {
  figure: string;
  now: FigureNow | null;
  trend: TrendView | null;
  worth: TrendView | null;
};

/** The own past: a drawing, and the same as a table. */
export type TrendView = {
  drawing: Drawing;
  rows: { period: string; value: string; interval: string; of: string }[];
};

/** The figure whose money per unit is what an order is worth. */
const TICKET = 'cancellations';

/** The figures of the own desk one by one, in the order of the path. */
export function deskOf(setting: Setting, rows: readonly StaffFiguresRow[]): FigureView[] {
  return [...new Set(rows.map(({ figure }) => figure))].map((figure) => {
    const own = rows.filter((row) => row.figure === figure);
    const now = own.find(({ starts_on }) => starts_on === setting.starts.at(-1));
    const trend = trendOf(setting, figure, own, rateMeasure(setting, figure));
    const worth = figure === TICKET ? trendOf(setting, figure, own, moneyMeasure(setting)) : null;
    return { figure, now: now ? nowOf(setting, now) : null, trend, worth };
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

/** What a trend is of: its value and interval in a period, how they are written, of how many, and the scale. */
type Measure = {
  of: (row: StaffFiguresRow) => { value: number | null; low: number | null; high: number | null };
  hue: number;
  write: (value: number) => string;
  between: (low: number, high: number) => string;
  beside: (row: StaffFiguresRow) => string;
  scale?: Scale;
};

function rateMeasure({ locale }: Setting, figure: string): Measure {
  return {
    of: (row) => ({ value: row.rate, low: row.rate_low, high: row.rate_high }),
    hue: hueOf(figure),
    write: (value) => percent(locale, value),
    between: (low, high) => percentRange(locale, low, high),
    beside: ({ hits, base }) =>
      word(locale, 'rate.of', { hits: count(locale, hits), base: count(locale, base) }),
  };
}

function moneyMeasure({ locale, currency }: Setting): Measure {
  const number = (amount: string | null) => (amount === null ? null : Number(amount));
  const write = (value: number) => money(locale, currency, String(value));
  return {
    of: (row) => ({
      value: number(row.per_unit),
      low: number(row.per_unit_low),
      high: number(row.per_unit_high),
    }),
    hue: 4,
    write,
    between: (low, high) => word(locale, 'me.between', { low: write(low), high: write(high) }),
    beside: ({ base }) => word(locale, 'me.ticket.of', { base: count(locale, base) }),
    scale: { marks: amountTicks, room: 64 },
  };
}

function trendOf(
  { locale, span, starts }: Setting,
  figure: string,
  rows: readonly StaffFiguresRow[],
  { of, hue, write, between, beside, scale }: Measure,
): TrendView | null {
  if (rows.length < 2) return null;
  const points = starts.map((start) => {
    const row = rows.find(({ starts_on }) => starts_on === start);
    const { value, low, high } = row ? of(row) : { value: null, low: null, high: null };
    const week = periodName(locale, span, start);
    return { row, week, rate: value, low, high, finished: row?.unfinished === 0 };
  });
  const { narrow } = draw((width) => rateTrendOption(points, hue, figure, write, width, scale), 'half');
  return {
    drawing: narrow,
    rows: points.map(({ week, row, rate, low, high }) => ({
      period: week,
      value: rate === null ? '—' : write(rate),
      interval: low === null || high === null ? '' : between(low, high),
      of: row ? beside(row) : '',
    })),
  };
}

function periodName(locale: Locale, span: Span, start: string): string {
  if (span === 'week') return shortDay(locale, start);
  if (span === 'month') return monthName(locale, start);
  return `${start.slice(0, 4)} Q${Math.ceil(Number(start.slice(5, 7)) / 3)}`;
}
