import { Refusal } from '#lib/errors/refusal.ts';
import type { Part } from '#lib/exports/part.ts';
import type { HeaderPlace, ReadingChoice } from '#lib/exports/reading.ts';
import { knownHeaders } from '#lib/exports/known-headers.ts';
import { openArchive, withArchive } from './archive.ts';
import type { Archive } from './archive.ts';
import { bookElements, emptyBook, relationElements, sharedElements, styleElements } from './book.ts';
import type { WhenSeveral } from './members.ts';
import { plainRows } from './rows.ts';
import { rowElements, TooLong, TooWide } from './sheet-rows.ts';
import type { Shared } from './sheet-rows.ts';
import { footerIn, recordsIn, seenOf } from './sheet.ts';
import type { SheetSeen } from './sheet.ts';
import { toldApart } from './told-apart.ts';
import { headerPlaceOf, headersOf, widthOf } from './table.ts';
import type { Desk } from './watch.ts';
import { xmlReader } from './xml.ts';
import type { Elements } from './xml.ts';

/**
 * The table on a sheet: its filled rows from `from` to before `to` are its records, of which `sample` are the first;
 * `records` goes through the sheet once more.
 */
export type SheetTable = {
  sheet: string;
  sheets: string[];
  /** The filled sheets of a workbook of which no sheet was chosen. */
  parts: Part[];
  start: string[][];
  header: HeaderPlace;
  headers: string[];
  sample: string[][];
  records: () => AsyncIterable<string[]>;
  footer: number;
};

/** A workbook that was opened: the names of its sheets, and the parts of those that are to be read. */
type Opened = {
  names: string[];
  parts: { name: string; part: string; isHidden: boolean }[];
  shared: Shared;
};

/** The table of a sheet and how many records it has. */
type Found = Omit<SheetTable, 'parts'> & { count: number };

/** A filled sheet, how many of its headers are known, and whether the workbook hides it. */
type Candidate = { table: Found; sheet: SheetSeen; known: number; isHidden: boolean };

const MIB = 1 << 20;
/** Known headers by which a table is taken for a list. */
const LIST = 2;

/**
 * The table on the sheet of a workbook that is meant; where nobody has said which, a sheet that the workbook hides is read
 * only if no other is a list. Memory is bounded by the texts that its cells share.
 * Throws Refusal workbook_too_large, sheet_too_large, too_many_columns, record_too_long, file_damaged, packed_locked,
 * packed_empty, unknown_part, several_lists_inside, no_header_row.
 */
export async function sheetTable(
  desk: Desk,
  path: string,
  choice: ReadingChoice,
  whenSeveral: WhenSeveral,
): Promise<SheetTable> {
  const { name: file } = desk;
  const { opened, seen } = await sheetsOf(desk, path, choice.sheet);
  const filled = seen.filter((sheet) => sheet.filled > 0);
  const tableOf = (sheet: SheetSeen) => tableOn(desk, path, opened, sheet, choice);
  const [chosen] = filled;
  if (choice.sheet !== undefined) {
    if (chosen !== undefined) return { ...tableOf(chosen), parts: [] };
    throw new Refusal('unknown_part', { file, part: choice.sheet, parts: opened.names.join(', ') });
  }
  const tables = filled.map((sheet): Candidate => {
    const table = tableOf(sheet);
    const known = table.sample.length === 0 ? 0 : knownHeaders(table.headers);
    const isHidden = opened.parts.some(({ name, isHidden }) => isHidden && name === sheet.name);
    return { table, sheet, known, isHidden };
  });
  const parts = tables.map(partOf);
  tables.sort((a, b) => b.known - a.known);
  const lists = tables.filter(({ known }) => known >= LIST);
  const shown = (all: Candidate[]) => all.filter(({ isHidden }) => !isHidden);
  const rivals = [shown(lists), lists, shown(tables), tables].find(({ length }) => length > 0) ?? [];
  const [best] = rivals;
  if (best === undefined) throw new Refusal('packed_empty', { file });
  if (rivals.length > 1 && whenSeveral === 'ask') {
    const names = filled.map(({ name }) => name).join(', ');
    throw new Refusal('several_lists_inside', { file, parts: names, option: '--sheet' });
  }
  return { ...best.table, parts };
}

function partOf({ table, sheet, known, isHidden }: Candidate): Part {
  const isList = known >= LIST;
  const is = isList ? 'list' : 'other';
  return {
    kind: 'sheet',
    name: sheet.name,
    rows: isList ? table.count : sheet.filled,
    is: isHidden ? 'out_of_sight' : is,
  };
}

/** Writes the table of a sheet as a plain list. Throws Refusal header_only, disk_full. */
export const plainSheet = (desk: Desk, { headers, records }: SheetTable) =>
  plainRows(desk, headers, records());

function tableOn(desk: Desk, path: string, opened: Opened, sheet: SheetSeen, choice: ReadingChoice): Found {
  const { name: file } = desk;
  const { name, filled, start } = sheet;
  const header = choice.header ?? headerPlaceOf(start);
  const from = header.first + header.rows;
  if (header.rows > 0 && from > filled) throw new Refusal('no_header_row', { file, row: from });
  const width = widthOf(start, header);
  const headers = headersOf(start, header, width);
  const footer = choice.footer ?? footerIn(sheet, width);
  const to = Math.max(filled - footer, from);
  const records = () => recordsIn(rowsAgain(desk, path, opened, name), from, to, sheet.width);
  return {
    sheet: name,
    sheets: opened.names,
    start,
    header,
    headers,
    sample: start.slice(from, to),
    count: to - from,
    records,
    footer,
  };
}

/** Goes through the sheets that are meant, all where none is named; the sheets of charts are none. */
async function sheetsOf(
  desk: Desk,
  path: string,
  only: string | undefined,
): Promise<{ opened: Opened; seen: SheetSeen[] }> {
  return withArchive(desk, path, async (archive) => {
    refuseTooLarge(desk, archive);
    try {
      const opened = await openedBook(archive);
      const seen: SheetSeen[] = [];
      let bytes = 0;
      const count = (size: number) => {
        bytes += size;
        if (bytes > desk.limits.workbook) throw tooLarge(desk);
      };
      for (const { name, part } of opened.parts) {
        if (only !== undefined && name !== only) continue;
        const rows = rowsOf(desk, archive, part, opened.shared, count);
        seen.push(await seenOf(name, rows, (size) => refuseTooWide(desk, name, size)));
      }
      return { opened, seen };
    } catch (error) {
      throw refusalOf(desk, error);
    }
  });
}

/** The rows of a sheet that was gone through before. */
async function* rowsAgain(desk: Desk, path: string, { parts, shared }: Opened, sheet: string) {
  const archive = await openArchive(desk, path);
  try {
    const { part = '' } = parts.find(({ name }) => name === sheet) ?? {};
    yield* rowsOf(desk, archive, part, shared, () => undefined);
  } catch (error) {
    throw refusalOf(desk, error);
  } finally {
    archive.close();
  }
}

async function* rowsOf(
  { limits }: Desk,
  archive: Archive,
  part: string,
  shared: Shared,
  count: (bytes: number) => void,
): AsyncGenerator<string[][]> {
  const rows: string[][] = [];
  const reader = xmlReader(rowElements(rows, shared, limits));
  const member = archive.members.find(({ name }) => name === part);
  if (member === undefined) throw new Error(`${part} is missing`);
  for await (const bytes of archive.pieces(member)) {
    count(bytes.length);
    reader.write(bytes);
    if (rows.length > 0) yield rows.splice(0);
  }
  reader.end();
  yield rows;
}

async function openedBook(archive: Archive): Promise<Opened> {
  const read = async (name: string, elements: Elements) => {
    const member = archive.members.find((one) => one.name === name);
    if (member === undefined) return;
    const reader = xmlReader(elements);
    for await (const bytes of archive.pieces(member)) reader.write(bytes);
    reader.end();
  };
  const book = emptyBook();
  await read('xl/workbook.xml', bookElements(book));
  await read('xl/_rels/workbook.xml.rels', relationElements(book));
  const texts: string[] = [];
  await read(book.kinds.get('sharedStrings') ?? 'xl/sharedStrings.xml', sharedElements(texts));
  const isDate: boolean[] = [];
  await read(book.kinds.get('styles') ?? 'xl/styles.xml', styleElements(isDate));
  if (book.sheets.length === 0) throw new Error('no sheets');
  const names = toldApart(book.sheets.map(({ name }) => name));
  const parts = book.sheets.flatMap(({ relation, isHidden }, at) => {
    const part = book.parts.get(relation);
    return part === undefined ? [] : [{ name: names[at] ?? '', part, isHidden }];
  });
  return { names: parts.map(({ name }) => name), parts, shared: { texts, isDate, from1904: book.from1904 } };
}

function refuseTooLarge(desk: Desk, { members }: Archive): void {
  const size = members
    .filter(({ name }) => /\.(?:xml|rels)$/.test(name))
    .reduce((sum, part) => sum + part.size, 0);
  if (size > desk.limits.workbook) throw tooLarge(desk);
}

const tooLarge = ({ name: file, limits }: Desk) =>
  new Refusal('workbook_too_large', { file, limit: Math.floor(limits.workbook / MIB) });

/** A list has a text for every cell, also for those that are empty, and its own one where cells share theirs. */
function refuseTooWide(
  { name: file, limits }: Desk,
  sheet: string,
  { filled, width, characters }: { filled: number; width: number; characters: number },
): void {
  if (filled * width > limits.cells || characters > limits.characters)
    throw new Refusal('sheet_too_large', { file, sheet, rows: filled, columns: width });
}

function refusalOf({ name: file, limits }: Desk, error: unknown): Refusal {
  const cause = error instanceof Refusal ? error.cause : error;
  if (cause instanceof TooWide) return new Refusal('too_many_columns', { file, limit: limits.columns });
  if (cause instanceof TooLong) return new Refusal('record_too_long', { file, row: cause.row });
  return error instanceof Refusal ? error : new Refusal('file_damaged', { file }, error);
}
