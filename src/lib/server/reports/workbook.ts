import type { CellObject } from 'write-excel-file/node';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Row, Value } from '../warehouse/values.ts';
import type { ColumnSpec } from './header.ts';

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A column of a sheet: what stands above it, and the type of its values as reports name types. */
export type SheetColumn = { title: string; type: string };

/** A sheet is made as a whole: this many cells take about a gigabyte for a few seconds. */
const MOST_CELLS = 1_000_000;
/** Rows of a sheet and characters of a cell, by the format itself. */
const MOST_ROWS = 1_048_575;
const LONGEST_TEXT = 32_767;
/** Digits that a spreadsheet keeps of a number. */
const MOST_DIGITS = 15;

/**
 * A table as a workbook (.xlsx) of one sheet. Text is text, whatever it begins with: nothing in it is ever reckoned. Counts,
 * rates and money are numbers, days and instants are dates; what a spreadsheet would round or does not know stays text.
 * Throws Refusal sheet_too_long.
 */
export async function asWorkbook(
  columns: readonly SheetColumn[],
  rows: readonly (readonly Value[])[],
): Promise<Uint8Array> {
  if (rows.length > MOST_ROWS || rows.length * columns.length > MOST_CELLS)
    throw new Refusal('sheet_too_long', { rows: rows.length, columns: columns.length });
  const { default: write } = await import('write-excel-file/node');
  const head = columns.map(({ title }): CellObject => ({ ...textCell(title), fontWeight: 'bold' }));
  const body = rows.map((row) => columns.map(({ type }, at) => cellOf(type, row[at] ?? null)));
  return write([head, ...body], { sheet: 'Seven Steps', stickyRowsCount: 1 }).toBuffer();
}

/** The rows of a report as a workbook, its columns in the order of its header; lists as JSON. */
export function rowsAsWorkbook(columns: readonly ColumnSpec[], rows: readonly Row[]): Promise<Uint8Array> {
  return asWorkbook(
    columns.map(({ name, type }) => ({ title: name, type })),
    rows.map((row) => columns.map(({ name }) => row[name] ?? null)),
  );
}

function cellOf(type: string, value: Value): CellObject | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return { type: Boolean, value };
  if (typeof value === 'object') return textCell(JSON.stringify(value));
  return numberCell(type, value) ?? dateCell(type, value) ?? textCell(String(value));
}

/** Whole numbers, rates, and decimals with the places of their scale. */
function numberCell(type: string, value: string | number): CellObject | null {
  const [isNumeric, scale] = /^(?:bigint|integer|int|double|decimal\(\d+,(\d+)\))$/.exec(type) ?? [];
  const number = Number(value);
  if (isNumeric === undefined || !Number.isFinite(number)) return null;
  if (typeof value === 'string' && value.replace(/\D/g, '').length > MOST_DIGITS) return null;
  const format =
    scale === undefined || Number(scale) === 0 ? {} : { format: `0.${'0'.repeat(Number(scale))}` };
  return { type: Number, value: number, ...format };
}

/** Days and instants of the firm's clock; spreadsheets reckon wrongly before March 1900. */
function dateCell(type: string, value: string | number): CellObject | null {
  const forms: Record<string, string> = { date: 'yyyy-mm-dd', timestamp: 'yyyy-mm-dd hh:mm:ss' };
  const format = Object.hasOwn(forms, type) ? forms[type] : undefined;
  if (format === undefined || !/^(?:19[1-9]|[2-9]\d)\d/.test(String(value))) return null;
  const instant = new Date(type === 'date' ? `${value}T00:00:00Z` : `${value}Z`);
  return Number.isNaN(instant.getTime()) ? null : { type: Date, value: instant, format };
}

function textCell(text: string): CellObject {
  return { type: String, value: text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text };
}
