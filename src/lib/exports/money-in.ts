import { headerKeyWithoutRemark } from './header-text.ts';
import { filledValues } from './looks.ts';
import type { Rule } from './plan.ts';
import type { TableName } from './tables.ts';

/** Headers under which bills of payment services say which way the money went. */
const directions = new Set(['收/支', '收支', '收支类型', '收支類型', '收付类型', '收付類型']);

/** What they write of money that came in. */
const IN = '收入';

/**
 * The rule that a bill of a payment service calls for: it lists what was paid out, and moved about, beside what came in, and
 * only the last are payments of customers. None for other lists.
 */
export function moneyIn(
  table: TableName,
  headers: readonly string[],
  sample: readonly (readonly string[])[],
): Rule[] {
  if (table !== 'payments') return [];
  return headers.flatMap((header, column): Rule[] =>
    directions.has(headerKeyWithoutRemark(header)) && filledValues(sample, column).includes(IN)
      ? [{ column, is: '=', value: IN }]
      : [],
  );
}
