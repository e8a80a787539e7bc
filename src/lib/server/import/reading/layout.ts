import { delimiters } from '#lib/exports/reading.ts';
import type { Delimiter, HeaderPlace, ReadingChoice } from '#lib/exports/reading.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { knownHeaders } from '#lib/exports/known-headers.ts';
import { cellsOf } from './cells.ts';
import { divide } from './divide.ts';
import type { LineEnd } from './divide.ts';
import { headerPlaceOf, headersOf, widthOf } from './table.ts';

/** Enough records to know the rest by. */
const SAMPLE = 500;

const FIRST_LINE: HeaderPlace = { first: 0, rows: 1 };

/** How the start of a delimited file lies on its lines. */
export type Layout = {
  delimiter: Delimiter;
  header: HeaderPlace;
  /** Columns of the table. */
  width: number;
  /** How many of the last records are none of the table, where a person said so. */
  footer: number | undefined;
  headers: string[];
  /** The first records after the headers. */
  sample: string[][];
  /** The first records of the file as they stand there, whatever they are. */
  start: string[][];
  /** Whether these are all. */
  isAll: boolean;
  /** Empty lines before the first record. */
  skip: number;
  lineEnds: ReadonlySet<LineEnd>;
};

/**
 * The layout of a list from its first bytes in UTF-8, without a byte-order mark; `whole` says that there are no others.
 * The delimiter is the one that gives most known headers, then most columns of which most records have all.
 * Throws Refusal empty_file, unclosed_quote, record_too_long, no_header_row, too_many_columns.
 */
export function layoutOf(
  file: string,
  bytes: Buffer,
  whole: boolean,
  choice: ReadingChoice,
  mostColumns: number,
): Layout {
  const tried = (choice.delimiter === undefined ? delimiters : [choice.delimiter]).map((delimiter) => {
    const lines = linesIn(bytes, delimiter, whole);
    const widest = lines.rows.reduce((most, row) => Math.max(most, row.length), 0);
    if (widest > mostColumns)
      return { delimiter, ...lines, header: FIRST_LINE, width: widest, score: { known: 0, cells: widest } };
    const header = choice.header ?? headerPlaceOf(lines.rows);
    const width = widthOf(lines.rows, header);
    return { delimiter, ...lines, header, width, score: scoreOf(lines.rows, header, width) };
  });
  const [best] = tried.sort((a, b) => b.score.known - a.score.known || b.score.cells - a.score.cells);
  if (best === undefined) throw new Refusal('empty_file', { file });
  const { delimiter, rows, header, width, skip, lineEnds, cut } = best;
  const isTooWide = (one: Delimiter) => cellsOf(bytes.toString(), one).length > mostColumns;
  if (cut === 'long' && rows.length === 0 && tried.some((one) => isTooWide(one.delimiter)))
    throw new Refusal('too_many_columns', { file, limit: mostColumns });
  if (cut !== null && (whole || rows.length === 0))
    throw new Refusal(cut === 'open' ? 'unclosed_quote' : 'record_too_long', { file, row: rows.length + 1 });
  if (rows.length === 0) throw new Refusal('empty_file', { file });
  const from = header.first + header.rows;
  if (header.rows > 0 && from > rows.length) throw new Refusal('no_header_row', { file, row: from });
  if (width > mostColumns) throw new Refusal('too_many_columns', { file, limit: mostColumns });
  const headers = headersOf(rows, header, width);
  return {
    delimiter,
    header,
    width,
    footer: choice.footer,
    headers,
    sample: rows.slice(from),
    start: rows,
    isAll: whole && rows.length <= SAMPLE,
    skip,
    lineEnds,
  };
}

function linesIn(bytes: Buffer, delimiter: string, whole: boolean) {
  const { starts, ends, lineEnds, used, open } = divide(bytes, delimiter, whole);
  const lengths = starts.map((start, at) => (ends[at] ?? 0) - start);
  const places = starts.map((_, at) => at);
  const filled = places.filter((at) => lengths[at] !== 0).slice(0, SAMPLE + 1);
  const rows = filled.map((at) => cellsOf(bytes.toString('utf8', starts[at], ends[at]), delimiter));
  const isBlank = rows.every((row) => row.every((cell) => /^[\s,;|]*$/.test(cell)));
  const cut = used < bytes.length ? (open ? ('open' as const) : ('long' as const)) : null;
  return { rows: isBlank ? [] : rows, skip: filled[0] ?? 0, lineEnds, cut };
}

function scoreOf(rows: readonly (readonly string[])[], header: HeaderPlace, width: number) {
  const from = header.first + header.rows;
  const records = rows.slice(from);
  const full = records.filter((row) => row.length === width).length;
  const share = records.length === 0 ? 1 : full / records.length;
  return {
    known: header.rows === 0 ? 0 : knownHeaders(headersOf(rows, header, width)),
    cells: width * share,
  };
}
