import Papa from 'papaparse';
import type { Row, Value } from '../warehouse/values.ts';
import type { ColumnSpec } from './header.ts';

/** What a cell of a table may hold. */
export type Cell = string | number | boolean | null;

/** Tells a spreadsheet that the file is UTF-8; without it Excel shows Chinese as nonsense. */
export const BYTE_ORDER_MARK = '\uFEFF';

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\s\p{Cc}\p{Cf}]*[\t\r\n\0]/u;

/**
 * A table as CSV after RFC 4180: lines end with CR LF, null is empty. Text that a spreadsheet could take for a formula
 * (it begins with = + - @, also behind blanks, or with a control character) gets an apostrophe in front, headers too;
 * numbers stay numbers, negative ones as well.
 */
export function asCsv(headers: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const data = rows.map((row) => row.map(harmless));
  return `${Papa.unparse({ fields: headers.map(harmless), data }, { newline: '\r\n' })}\r\n`;
}

/** The rows of a report as CSV, its columns in the order of its header; lists as JSON. */
export function rowsAsCsv(columns: readonly ColumnSpec[], rows: readonly Row[]): string {
  return asCsv(
    columns.map(({ name }) => name),
    rows.map((row) => columns.map(({ name }) => cellOf(row[name]))),
  );
}

/** A value of a report as text or number; what is an object, as JSON. */
export function cellOf(value: Value | undefined): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** The text that stood in a cell before `asCsv` put an apostrophe in front. */
export function asTyped(cell: string): string {
  const rest = cell.slice(1);
  return cell.startsWith("'") && harmless(rest) === cell ? rest : cell;
}

function harmless<C extends Cell>(cell: C): C | string {
  return typeof cell === 'string' && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}
