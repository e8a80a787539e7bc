import type { Rule } from '#lib/exports/plan.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

const NAMES: Readonly<Record<Rule['is'], string>> = {
  filled: 'filled',
  '>': 'more',
  '>=': 'at_least',
  '<': 'less',
  '<=': 'at_most',
  '=': 'is',
  '<>': 'is_not',
  starts: 'starts',
  starts_not: 'starts_not',
};

/** What a condition says about a column, in words. */
export const relationWord = (locale: Locale, is: Rule['is']): string =>
  word(locale, `draft.rule.${NAMES[is]}`);
