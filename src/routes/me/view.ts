import { dotOf } from '#lib/charts/dot.ts';
import { sparklineOf } from '#lib/charts/sparkline.ts';
import { extent, rateTicks } from '#lib/charts/ticks.ts';
import type {
  StaffComparisonRow,
  StaffFiguresRow,
  StaffMembersRow,
  TargetPaceRow,
} from '#lib/server/reports.gen.ts';
import { longDay, period } from '#lib/ui/dates.ts';
import { count, money, percent, percentRange, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { MeAnswers } from './answers.server.ts';
import { addressOf, spans } from './question.ts';
import type { MeQuestion, Span } from './question.ts';

/** The page Me in the reader's language and figures, ready to be laid out. Server only. */
export function meView(locale: Locale, currency: string, question: MeQuestion, answers: MeAnswers) {
  const { person, lastDay, starts, figures, comparisons, targets } = answers;
  const start = starts.at(-1) ?? lastDay;
  return {
    name: person?.name ?? person?.staff_id ?? null,
    store: person?.store ?? null,
    heading: period(locale, start, lastDay),
    upTo: longDay(locale, lastDay),
    span: question.span,
    links: Object.fromEntries(spans.map((span) => [span, addressOf(question, { span })])) as Record<
      Span,
      string
    >,
    figures: [...new Set(figures.map(({ figure }) => figure))].map((figure) =>
      figureView(
        locale,
        currency,
        starts,
        figures.filter((row) => row.figure === figure),
      ),
    ),
    comparisons: comparisons.map(({ figure, row }) => comparisonView(locale, figure, row)),
    targets: targets.map((row) => targetView(locale, currency, row)),
  };
}

/** Whose page may be looked at, with a link to each; who has left is said to have. */
export function peopleView(question: MeQuestion, lastDay: string, people: readonly StaffMembersRow[]) {
  return people.map(({ staff_id, name, store, left_on }) => ({
    name: name ?? staff_id,
    store: store ?? '',
    hasLeft: left_on !== null && left_on <= lastDay,
    href: addressOf(question, { staff: staff_id }),
  }));
}

export type MeView = ReturnType<typeof meView>;

function figureView(
  locale: Locale,
  currency: string,
  starts: readonly string[],
  rows: readonly StaffFiguresRow[],
) {
  const at = (start: string) => rows.find(({ starts_on }) => starts_on === start);
  const now = at(starts.at(-1) ?? '');
  const inMoney = (amount: string | null | undefined) =>
    amount == null ? null : money(locale, currency, amount);
  const rates = starts.map((start) => at(start)?.rate ?? null);
  return {
    figure: rows[0]?.figure ?? '',
    now: now && {
      rate: percent(locale, now.rate),
      interval: percentRange(locale, now.rate_low, now.rate_high),
      hits: count(locale, now.hits),
      base: count(locale, now.base),
      unfinished: now.unfinished > 0 ? count(locale, now.unfinished) : null,
      each: inMoney(now.per_unit),
      eachLow: inMoney(now.per_unit_low),
      eachHigh: inMoney(now.per_unit_high),
      more: Number(now.one_more_amount ?? 0) > 0 ? inMoney(now.one_more_amount) : null,
    },
    spark: sparklineOf(rates),
  };
}

function comparisonView(locale: Locale, figure: string, row: StaffComparisonRow) {
  const { rate, rate_low, rate_high, expected, shrunken, shrunken_low, shrunken_high, difference } = row;
  const end = rateTicks(extent([rate_high, shrunken_high, expected])?.high ?? 1).at(-1) ?? 1;
  const ticks = rateTicks(end);
  const inPoints = (value: number | null) => (value === null ? null : points(locale, value, rate));
  return {
    figure,
    verdict: row.verdict ?? 'nobody_else',
    base: count(locale, row.base),
    hits: count(locale, row.hits),
    rate: percent(locale, rate),
    interval: percentRange(locale, rate_low, rate_high),
    expected: expected === null ? null : percent(locale, expected),
    shrunken: shrunken === null ? null : percent(locale, shrunken),
    shrunkenInterval:
      shrunken_low === null || shrunken_high === null
        ? null
        : percentRange(locale, shrunken_low, shrunken_high),
    difference: inPoints(difference),
    dots: {
      raw: dotOf(rate, { interval: { low: rate_low, high: rate_high } }, end),
      fair: dotOf(
        shrunken,
        {
          interval:
            shrunken_low === null || shrunken_high === null
              ? null
              : { low: shrunken_low, high: shrunken_high },
        },
        end,
      ),
      reference: expected === null ? null : expected / end,
      ticks: ticks.map((mark) => mark / end),
      marks: ticks.map((mark, index) => ({
        share: mark / end,
        text: index === 0 ? '0' : percent(locale, mark).replace(/\.0+(?=%)/, ''),
      })),
    },
    colleagues:
      row.colleagues_middle === null
        ? null
        : {
            count: count(locale, row.colleagues),
            low: inPoints(row.colleagues_low) ?? '',
            middle: inPoints(row.colleagues_middle) ?? '',
            high: inPoints(row.colleagues_high) ?? '',
          },
  };
}

const inMoneyMetrics = ['signed', 'upsold', 'collected'];

function targetView(locale: Locale, currency: string, row: TargetPaceRow) {
  const metric = row.metric.toLowerCase();
  const show = (value: string | null) =>
    value === null
      ? null
      : inMoneyMetrics.includes(metric)
        ? money(locale, currency, value)
        : count(locale, Number(value));
  return {
    metric: row.metric,
    period: period(locale, row.starts_on, row.ends_on),
    planned: show(row.planned) ?? '—',
    soFar: show(row.so_far) ?? '—',
    due: show(row.due) ?? '—',
    forecast: show(row.forecast) ?? '—',
    perDay: show(row.to_go_per_day),
    pace: row.pace === null ? null : percent(locale, row.pace),
    share:
      row.planned === null || Number(row.planned) === 0
        ? 0
        : Math.min(1, Number(row.so_far ?? 0) / Number(row.planned)),
    gone: row.days_gone / row.days,
  };
}
