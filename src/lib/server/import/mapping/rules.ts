import type { Rule } from '#lib/exports/plan.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import { comparing } from '#lib/exports/rule.ts';
import { literal } from '../values/text.ts';
import { exact } from '../values/numbers.ts';
import type { Finding } from '../values/read-values.ts';
import type { Writings } from '../values/writing.ts';
import { foundBeside, styleBeside } from './beside.ts';

/**
 * Whether a record is left out because it breaks a rule: an SQL boolean that is never null. A number that cannot be read
 * breaks no rule, it is a finding of `unreadableInRules`, so that nothing is left out by mistake.
 */
export function leftOut({ only }: Pick<Recognised, 'only'>, writings: Writings): string {
  if (only.length === 0) return 'false';
  return `not (${only.map((rule) => met(rule, writings)).join(' and ')})`;
}

/** Numbers that a rule compares and that cannot be read. */
export function unreadableInRules({ only }: Pick<Recognised, 'only'>, writings: Writings): Finding[] {
  const columns = new Set(only.filter(({ is }) => comparing.has(is)).map(({ column }) => column));
  return [...columns].map((column) => ({
    when: `t${column} is not null and ${number(column, writings)} is null`,
    what: foundBeside(column, 'number'),
  }));
}

const number = (column: number, writings: Writings): string =>
  exact(`t${column}`, styleBeside(writings, column));

function met({ column, is, value = '' }: Rule, writings: Writings): string {
  const text = `t${column}`;
  switch (is) {
    case 'filled':
      return `${text} is not null`;
    case 'starts':
      return `coalesce(starts_with(${text}, ${literal(value)}), false)`;
    case 'starts_not':
      return `not coalesce(starts_with(${text}, ${literal(value)}), false)`;
    case '=':
      return `${text} is not distinct from ${literal(value)}`;
    case '<>':
      return `${text} is distinct from ${literal(value)}`;
    default:
      return `(${text} is not null and coalesce(${number(column, writings)} ${is} ${literal(value)}::decimal(18,6), true))`;
  }
}
