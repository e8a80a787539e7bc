import { period as daysOf } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import type { Locale } from '#lib/words/locale.ts';
import { hasWord, word } from '#lib/words/word.ts';
import { fieldName, filterName, valueName } from '../segment-words.ts';
import type { ClientsAnswers } from './answers.server.ts';
import { curveOf } from './curve.ts';
import { matrixOf, meansOf } from './matrix.ts';
import { columnNames } from './columns.ts';
import {
  addressOf,
  entries,
  intervals,
  measures,
  modes,
  periods,
  returns,
  starts,
  stateOf,
} from './question.ts';
import type { ClientsQuestion } from './question.ts';
import { yearsOf } from './years.ts';

/** The page Clients in the reader's language and figures, ready to be laid out. Server only. */
export function clientsView(
  locale: Locale,
  house: { currency: string; zone: string },
  question: ClientsQuestion,
  answers: ClientsAnswers,
) {
  const { cells, means, divided, asked, years } = answers;
  const { measure, where, by, period } = question;
  const nameOf = columnNames(locale, question.days);
  const isUsual =
    question.days === null && question.entry === 'first_time' && question.intervals === 'calendar';
  const means1 = means.find(({ period_no }) => period_no === 1);
  return {
    house,
    upTo: daysOf(locale, answers.lastDay, answers.lastDay),
    question: words(locale, question),
    choices: choicesOf(locale, question),
    state: stateOf(question).flatMap(([name, value]) =>
      value === null || name === 'days' ? [] : [{ name, value }],
    ),
    filters: where.map((entry) => ({
      entry,
      name: filterName(locale, entry),
      without: addressOf(question, { where: where.filter((other) => other !== entry) }),
    })),
    stores: answers.stores,
    channels: answers.channels,
    matrix: matrixOf(locale, house.currency, { measure, period, asked, nameOf }, cells, means),
    next: means1 ? meansOf(locale, house.currency, 'share', means1) : null,
    isUsual,
    days: question.days ?? '',
    nextName: nameOf(1),
    curve: curveOf(locale, means, nameOf),
    divided: divided && {
      name: fieldName(locale, by ?? ''),
      columns: [...new Set(divided.map(({ period_no }) => period_no))]
        .filter((at) => at > 0)
        .sort(byNumber)
        .map((at) => ({ at, name: nameOf(at) })),
      rows: [...new Set(divided.map(({ segment }) => segment))].map((segment) => {
        const own = divided.filter((row) => row.segment === segment);
        return {
          name: valueName(locale, by ?? '', segment),
          only:
            segment === null
              ? null
              : addressOf(question, { by: null, where: [...where, `${by}=${segment}`] }),
          people: own.find(({ period_no }) => period_no === 0)?.cohort_people ?? 0,
          cells: own.map((row) => ({
            at: row.period_no,
            ...meansOf(locale, house.currency, measure, row, { ...asked, by: by ?? '' }),
          })),
        };
      }),
    },
    years: yearsOf(locale, where, years),
    csv: {
      retention: reportLink('retention', asked, 'csv'),
      means: reportLink('retention_means', { ...asked, by }, 'csv'),
      years: reportLink('new_share', { where }, 'csv'),
    },
  };
}

export type ClientsView = NonNullable<ReturnType<typeof clientsView>>;

const byNumber = (one: number, other: number) => one - other;

function kindName(locale: Locale, kind: string): string {
  const key = `retention.kind.${kind}`;
  return hasWord(key) ? word(locale, key) : kind;
}

/** What is asked, in words for a sentence. */
function words(locale: Locale, question: ClientsQuestion) {
  return {
    cohort: kindName(locale, question.cohort),
    back: kindName(locale, question.return),
    mode: word(locale, `retention.mode.${question.mode}.about`),
    entry: question.entry === 'recurring' ? word(locale, 'retention.entry.recurring.about') : '',
    intervals: question.intervals === 'rolling' ? word(locale, 'retention.intervals.rolling.about') : '',
    period: word(locale, `retention.unit.${question.period}`),
  };
}

function choicesOf(locale: Locale, question: ClientsQuestion) {
  const line = <Name extends keyof ClientsQuestion>(
    name: Name,
    values: readonly (ClientsQuestion[Name] & (string | null))[],
    nameOf: (value: ClientsQuestion[Name] & (string | null)) => string,
  ) => {
    const here = question[name];
    const all = values.some((value) => value === here)
      ? values
      : [...values, here as (typeof values)[number]];
    return {
      label: word(locale, `retention.${name}`),
      choices: all.map((value) => ({
        words: nameOf(value),
        href: addressOf(question, { [name]: value }),
        here: value === here,
      })),
    };
  };
  return [
    line('cohort', starts, (kind) => kindName(locale, kind)),
    line('return', returns, (kind) => kindName(locale, kind)),
    line('period', periods, (value) => word(locale, `retention.period.${value}`)),
    line('mode', modes, (value) => word(locale, `retention.mode.${value}`)),
    line('entry', entries, (value) => word(locale, `retention.entry.${value}`)),
    line('intervals', intervals, (value) => word(locale, `retention.intervals.${value}`)),
    line('measure', measures, (value) => word(locale, `retention.measure.${value}`)),
    line('by', [null, 'store', 'channel'], (value) =>
      value === null ? word(locale, 'retention.by.none') : fieldName(locale, value),
    ),
  ];
}
