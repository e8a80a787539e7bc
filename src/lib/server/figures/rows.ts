import { fileLink } from '#lib/ui/customer-link.ts';
import { shortDay } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import type { FigureAddress, FileFormat } from '#lib/ui/figure-link.ts';
import { count } from '#lib/ui/numbers.ts';
import { word } from '#lib/words/word.ts';
import { mayAsk } from '../reports/audience.ts';
import { mayRead } from '../access/may.ts';
import { askByName, specNamed } from '../reports/by-name.ts';
import type { Asker, AskOptions } from '../reports/ask.ts';
import type { RawParameters } from '../reports/by-name.ts';
import type { ColumnSpec } from '../reports/header.ts';
import type { ReportSpec } from '../reports/spec.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { Row, Value } from '../warehouse/values.ts';
import { handedTo, matches } from './row.ts';
import { cellWords, columnWords, valueWords, workColumnWords } from './words.ts';
import type { Reader } from './words.ts';

/** Rows on one page of a panel. */
export const ROWS_PER_PAGE = 20;

/** Rows in one file; more are asked for with `offset`. */
const ROWS_PER_FILE = 100_000;

/** How somebody stands who can still be called. */
const OPEN = 'open';

/** One page of the rows that a number counts. */
export type RowsView = {
  report: string;
  title: string;
  about: string;
  /** How many rows there are, in words. */
  total: string;
  /** Sums over all pages that the report gives, e.g. of money. */
  sums: { name: string; value: string }[];
  columns: { name: string; words: string; numeric: boolean }[];
  cells: string[][];
  /** A list that somebody works through: only what that takes is shown, the files have every column. */
  isWork: boolean;
  /** Whose file each row belongs to, where the reader may open it, and the column that leads there. */
  files: (string | null)[];
  fileColumn: number;
  /** Which of the rows need nothing any more. */
  done: boolean[];
  page: number;
  pages: number;
  before: string | null;
  after: string | null;
  downloads: Readonly<Record<FileFormat, string>>;
};

/**
 * The report that lists what a number counts, with the parameters that make it list exactly that; null where the header
 * of the number's report names none.
 */
export function rowsQuestion(
  spec: ReportSpec,
  column: string,
  params: Arguments,
  row: Row,
): { report: string; given: RawParameters } | null {
  const found = spec.opening.rows.find(
    ({ columns, when }) => columns.includes(column) && matches(row, params, when),
  );
  if (!found) return null;
  return { report: found.report, given: handedTo(specNamed(found.report), found.given, params, row) };
}

/**
 * The page of rows that an address asks for; null where the number has no rows, `withheld` where whoever asks may not see
 * them one by one. Throws the Refusals of `ask`.
 */
export async function askRows(
  asker: Asker,
  reader: Reader,
  spec: ReportSpec,
  address: FigureAddress,
  params: Arguments,
  row: Row,
  options: AskOptions,
): Promise<RowsView | 'withheld' | null> {
  const question = rowsQuestion(spec, address.column, params, row);
  if (question === null || row[address.column] === null) return null;
  const { report, given } = question;
  if (!mayAsk(specNamed(report), asker.viewer)) return 'withheld';
  const asked = {
    ...given,
    limit: String(ROWS_PER_PAGE),
    offset: String((address.page - 1) * ROWS_PER_PAGE),
  };
  const { rows } = await askByName(asker, report, asked, options);
  const work = spec.opening.works.find(
    ({ columns, when }) => columns.includes(address.column) && matches(row, params, when),
  );
  const view = viewOf(reader, specNamed(report), address, given, rows, work?.shown ?? null);
  return mayRead(asker.viewer, '/customers/[id]') ? view : { ...view, files: rows.map(() => null) };
}

/** The file of whom a row tells; null where it says nothing of that. */
function fileOf({ journey_id: journey, customer_id: customer }: Row): string | null {
  if (typeof journey === 'string') return fileLink(journey);
  return typeof customer === 'string' ? fileLink(`C:${customer}`) : null;
}

/** What leads to a file: the name, else the number of whom it is, else what stands first. */
function fileColumnOf(shown: readonly ColumnSpec[]): number {
  const places = ['customer_name', 'journey_id', 'customer_id'].map((name) =>
    shown.findIndex((column) => column.name === name),
  );
  return places.find((place) => place >= 0) ?? 0;
}

function viewOf(
  reader: Reader,
  spec: ReportSpec,
  address: FigureAddress,
  given: RawParameters,
  rows: readonly Row[],
  work: readonly string[] | null,
): RowsView {
  const { locale } = reader;
  const total = Number(rows[0]?.['all_rows'] ?? 0);
  const pages = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  const shown = work === null ? filled(spec.columns, rows) : workColumns(spec, work, given, rows);
  const written = (row: Row) => (column: ColumnSpec) =>
    work === null ? cellWords(reader, column, row) : workWords(reader, column, row, given['to']);
  const pageLink = (page: number) =>
    figureLink(address.report, address.column, address.params, address.key, page);
  const file = (format: FileFormat) => reportLink(spec.name, { ...given, limit: ROWS_PER_FILE }, format);
  return {
    report: spec.name,
    title: word(locale, `report.${spec.name}.title`),
    about: word(locale, `report.${spec.name}.about`),
    total: count(locale, total),
    sums: spec.columns
      .filter(({ name }) => name.startsWith('all_') && name !== 'all_rows' && rows.length > 0)
      .map((column) => ({
        name: columnWords(locale, spec.name, column.name),
        value: valueWords(reader, column, rows[0]?.[column.name] ?? null),
      })),
    columns: shown.map(({ name, type }) => ({
      name,
      words: (work === null ? columnWords : workColumnWords)(locale, spec.name, name),
      numeric: type === 'bigint' || type === 'double' || type.startsWith('decimal'),
    })),
    cells: rows.map((row) => shown.map(written(row))),
    isWork: work !== null,
    files: rows.map(fileOf),
    fileColumn: fileColumnOf(shown),
    done: rows.map(({ standing }) => work !== null && (standing ?? OPEN) !== OPEN),
    page: address.page,
    pages,
    before: address.page > 1 ? pageLink(Math.min(address.page - 1, pages)) : null,
    after: address.page < pages ? pageLink(address.page + 1) : null,
    downloads: { csv: file('csv'), xlsx: file('xlsx'), json: file('json'), arrow: file('arrow') },
  };
}

/** Columns that say anything of these rows. */
function filled(columns: readonly ColumnSpec[], rows: readonly Row[]): ColumnSpec[] {
  return columns.filter(
    ({ name }) => !name.startsWith('all_') && name !== 'row_no' && rows.some((row) => row[name] !== null),
  );
}

/** The columns of a list of work in its own order, without the segment that all of them are of. */
function workColumns(
  { columns }: ReportSpec,
  work: readonly string[],
  given: RawParameters,
  rows: readonly Row[],
): ColumnSpec[] {
  return work
    .filter((name) => name !== given['by'] && rows.some((row) => valueOrCode(row, name) !== null))
    .flatMap((name) => columns.find((column) => column.name === name) ?? []);
}

/** Days without the year that the reader is in; who has no name is called by the code. */
function workWords(
  reader: Reader,
  column: ColumnSpec,
  row: Row,
  to: RawParameters[string] | undefined,
): string {
  const value = valueOrCode(row, column.name);
  const isDay = column.type === 'date' && typeof value === 'string';
  return isDay && typeof to === 'string' && value.slice(0, 4) === to.slice(0, 4)
    ? shortDay(reader.locale, value)
    : valueWords(reader, column, value);
}

function valueOrCode(row: Row, name: string): Value {
  return row[name] ?? row[name.replace(/_name$/, '')] ?? null;
}
