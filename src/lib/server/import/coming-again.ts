import type { TableName } from '#lib/exports/tables.ts';
import { contentColumns, isPossible, sameKey } from './contents.ts';
import { broughtList, emptiedNames, unfed } from './emptied.ts';
import type { Brings } from './emptied.ts';

/**
 * The query of the records in `fresh` whose key stands already, each with the row of `standing` that counts for it: their
 * lines as `new_line`, `old_batch`, `old_line`; `unchanged`: both say the same; `as_possible`: both are, or neither is,
 * possible on the day that they came; `emptied`: what the old row loses, a list of names or null. Both are relations with
 * the columns of `raw.<table>`, with each key once.
 */
export function comingAgain(
  table: TableName,
  { fresh, standing, brings }: { fresh: string; standing: string; brings: Brings },
): string {
  const equal = contentColumns(table).map((name) => `n.${name} is not distinct from o.${name}`);
  const emptied = emptiedNames(
    unfed(table, brings),
    'o',
    broughtList(brings),
    'o.extra is distinct from n.extra',
  );
  return `
    select n.line as new_line, o.batch_id as old_batch, o.line as old_line,
      (${equal.join(' and ')}) as unchanged, ${isPossible(table, 'n')} = ${isPossible(table, 'o')} as as_possible,
      ${emptied} as emptied
    from ${fresh} n join ${standing} o on ${sameKey(table, 'n', 'o')}`;
}
