import type { Transaction } from '#lib/server/warehouse/warehouse.ts';
import { fieldsOf, keyOf } from '#lib/exports/tables.ts';
import { latestRows, type Origin, type Raw } from '../oracle/tables.ts';
import { tableNames, type TableName } from './studio.ts';

/** Empties `exports.<table>` (plain tables of exportsDdl) and fills it with the rows that count now. */
export async function fillExports(transaction: Transaction, raw: Raw): Promise<void> {
  const latest = latestRows(raw);
  for (const table of tableNames) {
    await transaction.run(`delete from exports.${table}`);
    const rows = latest[table].map((row) => ({ ...row, imported_on: latest.importedOn(row) }));
    if (rows.length > 0) await transaction.run(insertText(table, rows));
  }
}

function insertText(table: TableName, rows: (Origin & { imported_on: string })[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const literal = (value: unknown) => {
    if (value === null || value === undefined) return 'null';
    return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
  };
  const lines = rows.map((row) => `(${Object.values(row).map(literal).join(', ')})`);
  return `insert into exports.${table} (${columns.join(', ')}) values ${lines.join(', ')}`;
}

/** The columns of a table that tell its rows apart. */
export function keyText(table: TableName, row: object): string {
  return keyOf(table)
    .map((name) => String((row as Record<string, unknown>)[name]))
    .join('\n');
}

/** The contract's columns of a table, without those that say where a row came from. */
export function columnsOf(table: TableName): string[] {
  return fieldsOf(table).map((field) => field.name);
}
