import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayPart, type Day } from './calendar.ts';

export type Cell = string | number | null;

/** One list: canonical headers, and records in the headers' order. */
export type Table = { columns: readonly string[]; rows: Cell[][] };
export type Tables = Record<string, Table>;

/** RFC 4180: quoted only where a comma, a quote or a line break asks for it. */
function cell(value: Cell): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A list as CSV text, UTF-8, \n at the end of each record. */
export const csv = (table: Table): string =>
  [table.columns, ...table.rows].map((row) => row.map(cell).join(',')).join('\n') + '\n';

/** Writes each table as NAME.csv into an existing or new folder. */
export function write(tables: Tables, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, table] of Object.entries(tables)) writeFileSync(join(folder, `${name}.csv`), csv(table));
}

/** Ids P00001, P00002 … in the order of a list. */
export const numbered = (prefix: string, digits: number, position: number): string =>
  prefix + String(position + 1).padStart(digits, '0');

/** True when an instant is on or before the last day that lists reach. */
export const within = (last: Day, instant: number): boolean => dayPart(instant) <= last;
