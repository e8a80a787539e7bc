import write from 'write-excel-file/node';
import type { CellObject } from 'write-excel-file/node';
import type { Value } from '../warehouse/values.ts';

/** A column of a sheet: what stands above it, and the type of its values as reports name types. */
export type SheetColumn = { title: string; type: string };

export type Sheet = { columns: readonly SheetColumn[]; rows: readonly (readonly Value[])[] };

/** Characters of a cell, by the format itself. */
const LONGEST_TEXT = 32_767;
/** Digits that a spreadsheet keeps of a number. */
const MOST_DIGITS = 15;

/** A sheet as the bytes of a workbook. Takes about eight seconds and 600 MB for a million cells. */
export async function sheetBytes({ columns, rows }: Sheet): Promise<Uint8Array> {
  const head = columns.map(({ title }): CellObject => ({ ...textCell(title), fontWeight: 'bold' }));
  const body = rows.map((row) => columns.map(({ type }, at) => cellOf(type, row[at] ?? null)));
  return write([head, ...body], { sheet: 'Seven Steps', stickyRowsCount: 1 }).toBuffer();
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
