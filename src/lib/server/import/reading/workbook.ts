import { Refusal } from '#lib/errors/refusal.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import { knownHeaders } from '#lib/exports/recognise.ts';
import { withArchive } from './archive.ts';
import type { Archive } from './archive.ts';
import { bookElements, emptyBook, relationElements, sharedElements, styleElements } from './book.ts';
import { footerOf } from './footer.ts';
import type { WhenSeveral } from './members.ts';
import { plainRows } from './rows.ts';
import { rowElements, TooWide } from './sheet-rows.ts';
import { headerPlaceOf, headersOf, widthOf } from './table.ts';
import type { HeaderPlace } from '#lib/exports/reading.ts';
import type { Desk } from './watch.ts';
import { xmlReader } from './xml.ts';
import type { Elements } from './xml.ts';

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

/** All sheets with their cells as texts; the sheets of charts are none. */
async function sheetsOf(desk: Desk, path: string): Promise<Sheet[]> {
  return withArchive(desk, path, async (archive) => {
    refuseTooLarge(desk, archive);
    const read = async (name: string, elements: Elements): Promise<boolean> => {
      const member = archive.members.find((one) => one.name === name);
      if (member === undefined) return false;
      const reader = xmlReader(elements);
      await archive.feed(member, reader.write);
      reader.end();
      return true;
    };
    try {
      return await sheetsBy(desk, read);
    } catch (error) {
      const { columns: limit } = desk.limits;
      const cause = error instanceof Refusal ? error.cause : error;
      if (cause instanceof TooWide) throw new Refusal('too_many_columns', { file: desk.name, limit });
      throw error instanceof Refusal ? error : new Refusal('file_damaged', { file: desk.name }, error);
    }
  });
}

async function sheetsBy(
  { limits }: Desk,
  read: (name: string, elements: Elements) => Promise<boolean>,
): Promise<Sheet[]> {
  const book = emptyBook();
  await read('xl/workbook.xml', bookElements(book));
  await read('xl/_rels/workbook.xml.rels', relationElements(book));
  const texts: string[] = [];
  await read(book.kinds.get('sharedStrings') ?? 'xl/sharedStrings.xml', sharedElements(texts));
  const isDate: boolean[] = [];
  await read(book.kinds.get('styles') ?? 'xl/styles.xml', styleElements(isDate));
  const sheets: Sheet[] = [];
  for (const { name, relation } of book.sheets) {
    const part = book.parts.get(relation);
    const rows: string[][] = [];
    const elements = rowElements(rows, { texts, isDate, from1904: book.from1904 }, limits.columns);
    if (part === undefined) continue;
    if (!(await read(part, elements))) throw new Error(`the sheet ${name} is missing`);
    sheets.push({ name, rows: rectangular(rows) });
  }
  if (book.sheets.length === 0) throw new Error('no sheets');
  return sheets;
}

/** The rows of a sheet stay in memory until its table is found: what would not fit is refused before. */
function refuseTooLarge({ name: file, limits }: Desk, { members }: Archive): void {
  const size = members
    .filter(({ name }) => /\.(?:xml|rels)$/.test(name))
    .reduce((sum, part) => sum + part.size, 0);
  if (size > limits.workbook)
    throw new Refusal('workbook_too_large', { file, limit: Math.floor(limits.workbook / MIB) });
}

/** Rows of one length, without empty ones at the end. */
function rectangular(rows: readonly string[][]): string[][] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const even = rows.map((row) =>
    row.length === 0 ? row : Array.from({ length: width }, (_, at) => row[at] ?? ''),
  );
  return even.slice(0, even.findLastIndex((row) => row.length > 0) + 1);
}
