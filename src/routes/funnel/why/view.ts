import { placeOf } from '#lib/charts/place.ts';
import type { WaterfallBar } from '#lib/charts/waterfall.ts';
import type { PeriodChangeRow } from '#lib/server/reports.gen.ts';
import { addDays, period } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { fieldName, filterName, valueName } from '../../segment-words.ts';
import type { WhyAnswers } from './answers.server.ts';
import { factorText, writingOf } from './numbers.ts';
import { addressOf, figures, ways } from './question.ts';
import type { Way, WhyQuestion } from './question.ts';
import { findSentence, verdictText } from './sentence.ts';

/** Segments that are shown before all are asked for. */
const FIRST = 8;
const YEAR = 364;

/** Why a figure changed, in the reader's language and figures, ready to be laid out. */
export function whyView(locale: Locale, currency: string, question: WhyQuestion, answers: WhyAnswers) {
  const { rows, days, other, reach, asked } = answers;
  const writing = writingOf(locale, currency, question.figure);
  const widest = Math.max(...rows.map(({ amount }) => Math.abs(Number(amount))), 0.01);
  const bar = (amount: string): WaterfallBar => ({
    from: 0.5,
    to: placeOf(0.5 + Number(amount) / (2 * widest)),
    whole: true,
  });
  const opens = (row: PeriodChangeRow, column: 'hits_before' | 'hits_after') =>
    row[column] === null
      ? null
      : figureLink('period_change', column, asked, { effect: row.effect, segment: row.segment });
  const [first] = rows;
  const shown = rows.filter(({ segment_no: place }) => question.all || (place ?? 0) <= FIRST);
  const segments = Math.max(...rows.map(({ segment_no: place }) => place ?? 0), 0);
  const by = fieldName(locale, question.by);
  return {
    question,
    by,
    heading: word(locale, 'change.head', {
      days: period(locale, days.from, days.to),
      other: period(locale, other.from, other.to),
    }),
    days,
    other,
    firstDay: reach.firstDay,
    lastDay: reach.lastDay,
    whole: first?.change == null ? null : wholeText(locale, question, writing, first),
    find: findSentence(locale, currency, question.by, rows, writing),
    turned: first?.turned ? word(locale, `change.turned.${Number(first.change) < 0 ? 'down' : 'up'}`) : null,
    notes: first === undefined ? [] : notesOf(locale, question, first),
    axis: {
      zero: 0.5,
      ticks: [
        { share: 0, amount: -widest },
        { share: 0.5, amount: 0 },
        { share: 1, amount: widest },
      ],
    },
    ends: { low: writing.bare(-widest), high: writing.bare(widest) },
    change: first?.change == null ? '' : writing.bare(first.change),
    rows: shown.map((row, at) => ({
      key: `${row.effect} ${row.segment ?? ''}`,
      segment:
        row.effect === 'volume' ? word(locale, 'change.all') : valueName(locale, question.by, row.segment),
      isFirst: row.segment_no !== shown[at - 1]?.segment_no || at === 0,
      span: shown.filter(({ segment_no: place }) => place === row.segment_no).length,
      part: word(locale, `change.part.${row.effect}`),
      before: {
        text: factorText(locale, currency, row.effect, row.factor_before),
        href: opens(row, 'hits_before'),
      },
      after: {
        text: factorText(locale, currency, row.effect, row.factor_after),
        href: opens(row, 'hits_after'),
      },
      bar: bar(row.amount),
      colour: row.effect === 'mix' || row.effect === 'volume' ? 'var(--ink-2)' : `var(--q${asked.step})`,
      amount: writing.bare(row.amount),
      opens: figureLink('period_change', 'amount', asked, { effect: row.effect, segment: row.segment }),
      interval:
        row.amount_low === null || row.amount_high === null
          ? ''
          : word(locale, 'change.range', {
              low: writing.bare(row.amount_low),
              high: writing.bare(row.amount_high),
            }),
      verdict: verdictText(locale, row.verdict),
      isCalled: row.verdict === 'more_than_noise',
    })),
    rest:
      segments > FIRST && !question.all
        ? {
            words: word(locale, 'change.rest', { count: segments }),
            href: addressOf(question, { all: true }),
          }
        : null,
    filters: question.where.map((entry) => ({
      entry,
      name: filterName(locale, entry),
      without: addressOf(question, { where: question.where.filter((one) => one !== entry) }),
    })),
    stores: answers.stores,
    channels: answers.channels,
    fields: answers.fields.map((value) => ({ value, name: fieldName(locale, value) })),
    links: {
      figure: figures.map((figure) => ({
        words: word(locale, `change.figure.${figure}`),
        href: addressOf(question, {
          figure,
          way: figure === 'money' && !question.way.endsWith('4') ? '2-4' : question.way,
        }),
        here: figure === question.figure,
      })),
      way: ways
        .filter((way) => question.figure !== 'money' || way.endsWith('4'))
        .map((way) => ({
          words: wayName(locale, way),
          href: addressOf(question, { way }),
          here: way === question.way,
        })),
      against: againstLinks(locale, question, answers),
    },
    csv: reportLink('period_change', asked, 'csv'),
  };
}

export type WhyView = ReturnType<typeof whyView>;

function wayName(locale: Locale, way: Way): string {
  const [from, to] = way.split('-');
  return word(locale, 'change.path.words', {
    from: word(locale, `step.${from}`),
    to: word(locale, `step.${to}`),
  });
}

function wholeText(
  locale: Locale,
  { figure, way }: WhyQuestion,
  { whole, difference }: ReturnType<typeof writingOf>,
  row: PeriodChangeRow,
): string {
  const isWeekly = figure !== 'rate' && row.days_before !== row.days_after;
  return word(locale, isWeekly ? 'change.whole.week' : 'change.whole', {
    figure: word(locale, `change.name.${figure}`),
    way: wayName(locale, way),
    before: whole(row.total_before ?? '0'),
    after: whole(row.total_after ?? '0'),
    change: difference(row.change ?? '0'),
  });
}

function notesOf(locale: Locale, { figure }: WhyQuestion, row: PeriodChangeRow): string[] {
  const { age_days: days, days_after: after, days_before: before } = row;
  const lengths =
    figure !== 'rate' && after !== before ? [word(locale, 'change.lengths', { after, before })] : [];
  return [word(locale, 'change.age', { days }), ...lengths, ...leftOut(locale, row)];
}

/** Links to the usual comparisons: the period right before, and the same weekdays a year before. */
function againstLinks(locale: Locale, question: WhyQuestion, { days, other }: WhyAnswers) {
  const length = (Date.parse(days.to) - Date.parse(days.from)) / 86_400_000 + 1;
  return (['before', 'year'] as const).map((against) => {
    const back = against === 'year' ? YEAR : length;
    const [compareFrom, compareTo] = [addDays(days.from, -back), addDays(days.to, -back)];
    return {
      words: word(locale, `change.against.${against}`),
      href: addressOf(question, { ...days, compareFrom, compareTo }),
      here: other.from === compareFrom && other.to === compareTo,
    };
  });
}

/** Which stores are compared with nothing. */
function leftOut(
  locale: Locale,
  { left_out_stores: count, left_out_store: name }: PeriodChangeRow,
): string[] {
  if (count === 0) return [];
  const store = valueName(locale, 'store', name);
  return [
    count === 1
      ? word(locale, 'change.left_out', { store })
      : word(locale, 'change.left_out.more', { store, others: count - 1, count }),
  ];
}
