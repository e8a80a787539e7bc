import { dotOf } from '#lib/charts/dot.ts';
import { extent, rateTicks } from '#lib/charts/ticks.ts';
import type { StaffComparisonRow, StaffMembersRow, TargetPaceRow } from '#lib/server/reports.gen.ts';
import { longDay, period } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, money, percent, percentRange, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { Days } from '../period-choices.ts';
import type { MeAnswers } from './answers.server.ts';
import { deskOf } from './desk.ts';
import { ladderOf } from './ladder.ts';
import { addressOf, spans } from './question.ts';
import type { MeQuestion, Span } from './question.ts';

/** The page Me in the reader's language and figures, ready to be laid out. Server only. */
export function meView(locale: Locale, currency: string, question: MeQuestion, answers: MeAnswers) {
  const { person, lastDay, starts, compared, figures, comparisons, targets } = answers;
  const start = starts.at(-1) ?? lastDay;
  const staff = person?.staff_id ?? '';
  const setting = { locale, currency, span: question.span, starts, staff };
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
    figures: deskOf(
      setting,
      figures.filter((row) => row.own_desk),
    ),
    ladder: ladderOf(setting, figures),
    compared: period(locale, compared.from, compared.to),
    comparisons: comparisons.map(({ figure, row }) => comparisonView(locale, figure, row, compared)),
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

function comparisonView(locale: Locale, figure: string, row: StaffComparisonRow, compared: Days) {
  const { rate, rate_low, rate_high, expected, shrunken, shrunken_low, shrunken_high, difference } = row;
  const end = rateTicks(extent([rate_high, shrunken_high, expected])?.high ?? 1).at(-1) ?? 1;
  const ticks = rateTicks(end);
  const inPoints = (value: number | null) => (value === null ? null : points(locale, value, rate));
  return {
    figure,
    verdict: row.verdict ?? 'too_few_people',
    base: count(locale, row.base),
    hits: count(locale, row.hits),
    rate: percent(locale, rate),
    opens: figureLink(
      'staff_comparison',
      'rate',
      { ...compared, figure, staff: row.staff_id },
      { staff_id: row.staff_id },
    ),
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
      colleagues: colleaguesDot(row, end),
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

/** Where the middle half of the colleagues would stand, had they one's own mix: their differences laid on what is expected of it. */
function colleaguesDot(row: StaffComparisonRow, end: number) {
  const { expected, colleagues_low: low, colleagues_middle: middle, colleagues_high: high } = row;
  if (expected === null || low === null || middle === null || high === null) return null;
  return dotOf(expected + middle, { usual: { low: expected + low, high: expected + high } }, end);
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
    opens: figureLink(
      'target_pace',
      'so_far',
      { staff: row.staff_id },
      { metric: row.metric, scope: row.scope, period: row.period },
    ),
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
