import { locales } from '#lib/words/locale.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** One term: its address on the page, its name in the reader's and in the other languages, how it is reckoned, what it means. */
export type Term = {
  id: string;
  sign: string;
  name: string;
  others: string[];
  formula: string;
  text: string;
};

export type TermGroup = { id: string; title: string; terms: Term[] };

const steps = [0, 1, 2, 3, 4, 5, 6];
const formulas = ['', 'Q1 ÷ Q0', 'Q2 ÷ Q1', 'Q3 ÷ Q2', 'Q4 ÷ Q3', 'Q5 ÷ Q4', 'Q6 ÷ Q4'];

const groups: readonly (readonly [string, readonly string[]])[] = [
  [
    'counting',
    ['journey', 'period', 'cohort', 'skipped', 'unannounced', 'returning', 'reconciliation', 'wait'],
  ],
  ['trust', ['interval', 'noise', 'usual', 'unfinished', 'gap', 'kept', 'twice', 'no_source', 'as_of']],
  ['money', ['signed', 'net', 'upsold', 'collected', 'outstanding', 'ticket', 'attach', 'ladder']],
];

/** Every term of the product in the reader's language: steps, ratios, ways of counting, what can be trusted, money. */
export function glossary(locale: Locale): TermGroup[] {
  const title = (group: string) => word(locale, `glossary.${group}`);
  return [
    { id: 'steps', title: title('steps'), terms: steps.map((no) => stepTerm(locale, no)) },
    { id: 'ratios', title: title('ratios'), terms: steps.slice(1).map((no) => ratioTerm(locale, no)) },
    ...groups.map(([id, ids]) => ({
      id,
      title: title(id),
      terms: ids.map((term) => ({
        id: term,
        sign: '',
        formula: '',
        ...named(locale, `glossary.${term}`),
        text: word(locale, `glossary.${term}.text`),
      })),
    })),
  ];
}

function stepTerm(locale: Locale, no: number): Term {
  return {
    id: `q${no}`,
    sign: `Q${no}`,
    formula: '',
    ...named(locale, `step.${no}`),
    text: word(locale, `glossary.q${no}`),
  };
}

function ratioTerm(locale: Locale, no: number): Term {
  return {
    id: `i${no}`,
    sign: `I${no}`,
    formula: formulas[no] ?? '',
    ...named(locale, `rate.${no}`),
    text: word(locale, `glossary.i${no}`),
  };
}

/** A word in the reader's language, and in the others where it is written differently. */
function named(locale: Locale, key: string): { name: string; others: string[] } {
  const name = word(locale, key);
  const others = locales.filter((other) => other !== locale).map((other) => word(other, key));
  return { name, others: [...new Set(others)].filter((other) => other !== name) };
}
