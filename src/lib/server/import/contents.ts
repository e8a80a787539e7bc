import { fieldsOf, keyOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';

/** The moment that a row of these tables tells of: one after the day of its import is impossible and ignored. */
const moments: Partial<Record<TableName, string>> = {
  leads: 'created_at',
  visits: 'visited_at',
  orders: 'ordered_at',
  upsells: 'sold_at',
  payments: 'paid_at',
  campaign_days: 'date',
};

/** What a row of `raw.<table>` says beside its key: the columns by which two rows of one key are the same. */
export function contentColumns(table: TableName): string[] {
  const key = keyOf(table);
  return [...fieldsOf(table).map((field) => field.name), 'extra'].filter((name) => !key.includes(name));
}

/**
 * Whether a row tells of a moment that had passed when it came. The same words, impossible when they came first and
 * possible when they come again, are told anew.
 */
export function isPossible(table: TableName, alias: string): string {
  const moment = moments[table];
  return moment === undefined ? 'true' : `(${alias}.${moment}::date <= ${alias}.imported_on)`;
}

/** The condition that two rows, by their aliases, have the same key. */
export function sameKey(table: TableName, a: string, b: string): string {
  return keyOf(table)
    .map((name) => `${a}.${name} = ${b}.${name}`)
    .join(' and ');
}
