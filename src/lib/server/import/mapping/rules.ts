import type { Rule } from '#lib/exports/plan.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import { comparing } from '#lib/exports/rule.ts';
import { literal } from '../values/text.ts';
import { exact } from '../values/numbers.ts';
import { styleOfColumn } from './style-of-column.ts';

/** Something that may be wrong with a record: `what` as `field:reason`, `#3:reason` for the column of that place. */
export type Finding = { when: string; what: string };

/**
 * Whether a record is left out because it breaks a rule: an SQL boolean that is never null. A number that cannot be read
 * breaks no rule, it is a finding of `unreadableInRules`, so that nothing is left out by mistake.
 */
export function leftOut(list: Recognised): string {
  if (list.only.length === 0) return 'false';
  return `not (${list.only.map((rule) => met(rule, list)).join(' and ')})`;
}

/** Numbers that a rule compares and that cannot be read. */
export function unreadableInRules(list: Recognised): Finding[] {
  const columns = new Set(list.only.filter(({ is }) => comparing.has(is)).map(({ column }) => column));
  return [...columns].map((column) => ({
    when: `t${column} is not null and ${number(column, list)} is null`,
    what: `#${column}:number`,
  }));
}

const number = (column: number, list: Recognised): string => exact(`t${column}`, styleOfColumn(list, column));

function met(rule: Rule, list: Recognised): string {
  const { column, is, value = '' } = rule;
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
      return `(${text} is not null and coalesce(${number(column, list)} ${is} ${literal(value)}::decimal(18,6), true))`;
  }
}
