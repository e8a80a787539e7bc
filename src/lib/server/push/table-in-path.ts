import { Refusal } from '#lib/errors/refusal.ts';
import { isTableName, tableNames } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';

/** The table that an address names. Throws Refusal no_such_table. */
export function tableInPath(table: string): TableName {
  if (isTableName(table)) return table;
  throw new Refusal('no_such_table', { table, tables: tableNames.join(', ') });
}
