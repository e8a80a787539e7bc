import readXlsxFile from 'read-excel-file/node';
import { Refusal } from '#lib/errors/refusal.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import { knownHeaders } from '#lib/exports/recognise.ts';
import { withArchive } from './archive.ts';
import { cellText, numberText } from './cell-text.ts';
import { footerOf } from './footer.ts';
import type { WhenSeveral } from './members.ts';
import { plainRows } from './rows.ts';
import { headerPlaceOf, headersOf, widthOf } from './table.ts';
import type { HeaderPlace } from '#lib/exports/reading.ts';
import type { Desk } from './watch.ts';

/** A sheet as rows of texts, all of one length; empty rows have no cells. */
export type Sheet = { name: string; rows: string[][] };

/** The table on a sheet. `records` are the rows that belong to it. */
export type SheetTable = {
  sheet: string;
  sheets: string[];
  start: string[][];
  header: HeaderPlace;
  headers: string[];
  records: string[][];
  footer: number;
};

const LOOKED_AT = 500;
const MOST_BEHIND = 200;
const MIB = 1 << 20;

/**
 * The table on the sheet of a workbook that is meant.
 * Throws Refusal workbook_too_large, file_damaged, packed_locked, packed_empty, unknown_part, several_lists_inside,
 * no_header_row.
 */
export async function sheetTable(
  desk: Desk,
  path: string,
  choice: ReadingChoice,
  whenSeveral: WhenSeveral,
): Promise<SheetTable> {
  const sheets = await sheetsOf(desk, path);
  const names = sheets.map(({ name }) => name);
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  const { name: file } = desk;
  if (choice.sheet !== undefined) {
    const found = filled.find(({ name }) => name === choice.sheet);
    if (found === undefined)
      throw new Refusal('unknown_part', { file, part: choice.sheet, parts: names.join(', ') });
    return tableOn(desk, found, names, choice);
  }
  const tables = filled
    .map((sheet) => tableOn(desk, sheet, names, choice))
    .map((table) => ({ table, known: table.records.length === 0 ? 0 : knownHeaders(table.headers) }))
    .sort((a, b) => b.known - a.known);
  const lists = tables.filter(({ known }) => known >= 2);
  const rivals = lists.length > 0 ? lists : tables;
  const [best] = rivals;
  if (best === undefined) throw new Refusal('packed_empty', { file });
  if (rivals.length > 1 && whenSeveral === 'ask') {
    const parts = filled.map(({ name }) => name).join(', ');
    throw new Refusal('several_lists_inside', { file, parts, option: '--sheet' });
  }
  return best.table;
}

/** Writes the table of a sheet as a plain list. Throws Refusal header_only, disk_full. */
export const plainSheet = (desk: Desk, { headers, records }: SheetTable) => plainRows(desk, headers, records);

function tableOn({ name: file }: Desk, sheet: Sheet, sheets: string[], choice: ReadingChoice): SheetTable {
  const filled = sheet.rows.filter((row) => row.length > 0);
  const start = filled.slice(0, LOOKED_AT);
  const header = choice.header ?? headerPlaceOf(start);
  const from = header.first + header.rows;
  if (header.rows > 0 && from > filled.length) throw new Refusal('no_header_row', { file, row: from });
  const width = widthOf(start, header);
  const headers = headersOf(start, header, width);
  const footer = choice.footer ?? footerOf(sheet.rows.slice(-MOST_BEHIND), width);
  const records = filled.slice(from, Math.max(filled.length - footer, from));
  return { sheet: sheet.name, sheets, start, header, headers, records, footer };
}

/** All sheets with their cells as texts. */
async function sheetsOf(desk: Desk, path: string): Promise<Sheet[]> {
  await refuseTooLarge(desk, path);
  try {
    const book = await readXlsxFile(path, { trim: false, parseNumber: numberText });
    return book.map(({ sheet, data }) => ({ name: sheet, rows: rectangular(data ?? []) }));
  } catch (error) {
    throw new Refusal('file_damaged', { file: desk.name }, error);
  }
}

/** The library reads a workbook as a whole: what would not fit is refused before, and whether the archive tells the truth. */
async function refuseTooLarge(desk: Desk, path: string): Promise<void> {
  const { workbook } = desk.limits;
  await withArchive(desk, path, async ({ members, verify }) => {
    const parts = members.filter(({ name }) => /\.(?:xml|rels)$/.test(name));
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    if (size > workbook)
      throw new Refusal('workbook_too_large', { file: desk.name, limit: Math.floor(workbook / MIB) });
    for (const part of parts) await verify(part);
  });
}

function rectangular(data: readonly (readonly unknown[])[]): string[][] {
  const texts = data.map((row) => row.map(cellText));
  const width = Math.max(...texts.map((row) => row.findLastIndex((cell) => cell.trim() !== '') + 1), 0);
  const rows = texts.map((row) =>
    row.some((cell) => cell.trim() !== '') ? Array.from({ length: width }, (_, at) => row[at] ?? '') : [],
  );
  return rows.slice(0, rows.findLastIndex((row) => row.length > 0) + 1);
}
