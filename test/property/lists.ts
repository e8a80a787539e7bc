import { columnsOf } from './exports.ts';
import type { TableName } from './studio.ts';

/** A file of an export as a spreadsheet would write it: the contract's names as headers, texts in quotes. */
export function csvText(table: TableName, rows: readonly object[]): string {
  const known = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = columnsOf(table).filter((name) => known.has(name));
  const cell = (value: unknown) => {
    if (value === null || value === undefined) return '';
    return typeof value === 'number' ? String(value) : `"${String(value).replaceAll('"', '""')}"`;
  };
  const lines = rows.map((row) =>
    columns.map((name) => cell((row as Record<string, unknown>)[name])).join(','),
  );
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}
