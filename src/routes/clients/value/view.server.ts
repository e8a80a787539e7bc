import type { CustomerValueFitRow } from '#lib/server/reports.gen.ts';
import { weekday } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { count, measure } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { ValueAnswers } from './answers.server.ts';

const meanings = {
  r: 'value.r',
  alpha: 'value.alpha',
  a: 'value.a',
  b: 'value.b',
  p: 'value.p',
  q: 'value.q',
  v: 'value.v',
} as const;

/** The page of client value in the reader's language and figures, ready to be laid out. Server only. */
export function valueView(locale: Locale, _house: { currency: string }, answers: ValueAnswers) {
  return {
    upTo: weekday(locale, answers.lastDay),
    csv: { fit: reportLink('customer_value_fit', answers.asked, 'csv') },
    fits: answers.fits.map((row) => fitView(locale, row)),
  };
}

export type ValueView = ReturnType<typeof valueView>;

function fitView(locale: Locale, row: CustomerValueFitRow) {
  const isBuying = row.model === 'bg_nbd';
  const counted = { customers: count(locale, row.customers), back: count(locale, row.came_back) };
  return {
    title: word(locale, isBuying ? 'value.back' : 'value.spent'),
    name: isBuying ? 'BG/NBD' : 'gamma–gamma',
    basis: word(locale, isBuying ? 'value.fit.basis' : 'value.fit.basis.spent', counted),
    refusal:
      row.reason === null
        ? null
        : word(locale, row.reason === 'too_few' ? 'value.too_few' : 'value.no_highest_point', counted),
    parameters: Object.entries(meanings).flatMap(([name, meaning]) => {
      const value = row.parameters?.[name];
      if (value === undefined) return [];
      const told = (of: Readonly<Record<string, number>> | null) => measure(locale, of?.[name] ?? 0);
      return {
        name: name === 'alpha' ? 'α' : name,
        meaning: word(locale, meaning),
        value: measure(locale, value),
        error: told(row.standard_errors),
        interval: `${told(row.low)}–${told(row.high)}`,
      };
    }),
  };
}
