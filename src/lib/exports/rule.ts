import type { Rule } from './plan.ts';

const NUMBER = /^-?\d{1,18}(?:\.\d{1,8})?$/;

/** Relations that compare numbers. */
export const comparing: ReadonlySet<Rule['is']> = new Set(['>', '>=', '<', '<=']);

/** Whether a rule says something: `filled` stands alone, larger and smaller need a number, the others a text. */
export function understands({ is, value }: Rule): boolean {
  if (is === 'filled') return value === undefined;
  if (value === undefined || value === '') return false;
  return !comparing.has(is) || NUMBER.test(value);
}

/** A rule as it is written on the command line: `Quantity>0`, `InvoiceNo starts C`, `CustomerID`. */
export function ruleText({ column, is, value = '' }: Rule, headers: readonly string[]): string {
  const header = headers[column] ?? '';
  if (is === 'filled') return header;
  if (is === 'starts' || is === 'starts_not') return `${header} ${is} ${value}`;
  return `${header}${is}${value}`;
}
