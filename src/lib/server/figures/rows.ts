import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import type { FigureAddress } from '#lib/ui/figure-link.ts';
import { count } from '#lib/ui/numbers.ts';
import { word } from '#lib/words/word.ts';
import { askByName, specNamed } from '../reports/by-name.ts';
import type { Asker, AskOptions } from '../reports/ask.ts';
import type { RawParameters } from '../reports/by-name.ts';
import type { ReportSpec } from '../reports/spec.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { Row } from '../warehouse/values.ts';
import { handedTo, matches } from './row.ts';
import { columnWords, valueWords } from './words.ts';
import type { Reader } from './words.ts';

/** Rows on one page of a panel. */
export const ROWS_PER_PAGE = 20;

/** Rows in one file; more are asked for with `offset`. */
const ROWS_PER_FILE = 100_000;

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
  page: number;
  pages: number;
  before: string | null;
  after: string | null;
  downloads: { csv: string; json: string; arrow: string };
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

/** The page of rows that an address asks for; null where the number has no rows. Throws the Refusals of `ask`. */
export async function askRows(
  asker: Asker,
  reader: Reader,
  spec: ReportSpec,
  address: FigureAddress,
  params: Arguments,
  row: Row,
  options: AskOptions,
): Promise<RowsView | null> {
  const question = rowsQuestion(spec, address.column, params, row);
  if (question === null || row[address.column] === null) return null;
  const { report, given } = question;
  const asked = {
    ...given,
    limit: String(ROWS_PER_PAGE),
    offset: String((address.page - 1) * ROWS_PER_PAGE),
  };
  const { rows } = await askByName(asker, report, asked, options);
  return viewOf(reader, specNamed(report), address, given, rows);
}

function viewOf(
  reader: Reader,
  spec: ReportSpec,
  address: FigureAddress,
  given: RawParameters,
  rows: readonly Row[],
): RowsView {
  const { locale } = reader;
  const total = Number(rows[0]?.['all_rows'] ?? 0);
  const pages = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  const shown = spec.columns.filter(
    ({ name }) => !name.startsWith('all_') && name !== 'row_no' && rows.some((row) => row[name] !== null),
  );
  const pageLink = (page: number) =>
    figureLink(address.report, address.column, address.params, address.key, page);
  const file = (format: 'csv' | 'json' | 'arrow') =>
    reportLink(spec.name, { ...given, limit: ROWS_PER_FILE }, format);
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
      words: columnWords(locale, spec.name, name),
      numeric: type === 'bigint' || type === 'double' || type.startsWith('decimal'),
    })),
    cells: rows.map((row) => shown.map((column) => valueWords(reader, column, row[column.name] ?? null))),
    page: address.page,
    pages,
    before: address.page > 1 ? pageLink(Math.min(address.page - 1, pages)) : null,
    after: address.page < pages ? pageLink(address.page + 1) : null,
    downloads: { csv: file('csv'), json: file('json'), arrow: file('arrow') },
  };
}
