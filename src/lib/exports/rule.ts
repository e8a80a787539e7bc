import { Refusal } from '#lib/errors/refusal.ts';
import { callName, findColumn } from './column-names.ts';
import type { Rule } from './plan.ts';

const NUMBER = /^-?\d{1,12}(?:\.\d{1,6})?$/;
const REST = /^\s*(>=|<=|<>|>|<|=|starts_not\s|starts\s)\s*(\S.*)$/s;

/** Relations that compare numbers. */
export const comparing: ReadonlySet<Rule['is']> = new Set(['>', '>=', '<', '<=']);

/** Whether a rule says something: `filled` stands alone, larger and smaller need a number, the others a text. */
export function understands({ is, value }: Rule): boolean {
  if (is === 'filled') return value === undefined;
  if (value === undefined || value === '') return false;
  return !comparing.has(is) || NUMBER.test(value);
}

/** A rule as people write it: `Quantity>0`, `InvoiceNo starts_not C`, `CustomerID`. */
export function ruleText({ column, is, value = '' }: Rule, headers: readonly string[]): string {
  const name = callName(headers, column);
  if (is === 'filled') return name;
  return is === 'starts' || is === 'starts_not' ? `${name} ${is} ${value}` : `${name}${is}${value}`;
}

/** Reads a rule as people write it; the longest header that it begins with is meant. Throws Refusal bad_rule. */
export function readRule(file: string, headers: readonly string[], text: string): Rule {
  const alone = findColumn(file, headers, text.trim());
  if (alone !== undefined) return { column: alone, is: 'filled' };
  const [rule] = headers
    .map((_, at) => ({ at, name: callName(headers, at) }))
    .filter(({ name }) => text.trim().startsWith(name))
    .sort((a, b) => b.name.length - a.name.length)
    .flatMap(({ at, name }): Rule[] => {
      const [, is, value] = REST.exec(text.trim().slice(name.length)) ?? [];
      return is === undefined || value === undefined
        ? []
        : [{ column: at, is: is.trim() as Rule['is'], value }];
    });
  if (rule === undefined || !understands(rule)) throw badRule(file, headers, text);
  return rule;
}

/** The refusal of a rule that says nothing about a file. */
export function badRule(file: string, headers: readonly string[], rule: string): Refusal {
  return new Refusal('bad_rule', { rule, file, columns: headers.join(', ') });
}
