import { knownHeaders, matchFields } from '#lib/exports/known-headers.ts';
import { likelyTables } from '#lib/exports/likely-tables.ts';
import type { HeaderPlace } from '#lib/exports/reading.ts';

/** How many records of a file's start may stand before its headers. */
const MOST_BEFORE = 60;

type Row = readonly string[];

/**
 * Where a table begins among the first records of a file: at the record that holds most known headers, else at the
 * first from which the number of columns is steady. Records that look like lines of the table are never taken for
 * something before it.
 */
export function headerPlaceOf(rows: readonly Row[]): HeaderPlace {
  const width = usualWidth(rows);
  const known = rows.slice(0, MOST_BEFORE).map((row) => row.filter(isKnown).length);
  const most = Math.max(...known, 0);
  const best = known.indexOf(most);
  const headers = rows[best] ?? [];
  const isFirst = rows.slice(0, best).every((row, at) => {
    const isGroup = at === best - 1 && isGroupLine(row, headers);
    return isGroup || row.length !== headers.length || filled(row) < filled(headers);
  });
  if (most >= 2 && isFirst) return withNeighbours(rows, best);
  if (width === 1) return { first: 0, rows: 1 };
  const steady = rows.slice(0, MOST_BEFORE).findIndex((row) => isTableLike(row, width));
  return { first: Math.max(steady, 0), rows: 1 };
}

/** The number of columns that most records have; of two equally frequent numbers the larger one. */
export function usualWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

const filled = (row: Row): number => row.filter((cell) => cell.trim() !== '').length;

const isTableLike = (row: Row, width: number): boolean =>
  row.length === width && filled(row) >= Math.max(2, width * 0.6);

/** Numbers, dates and long texts are never headers: not looked up. */
const isKnown = (cell: string): boolean =>
  cell.length <= 60 && !/^[\s\d.,:/+-]*$/.test(cell) && knownHeaders([cell]) === 1;

/** Headers over groups of columns stand above, the same headers in another language below. */
function withNeighbours(rows: readonly Row[], at: number): HeaderPlace {
  const headers = rows[at] ?? [];
  const below = rows[at + 1];
  const last = below !== undefined && isTranslation(headers, below) ? at + 1 : at;
  const above = rows[at - 1];
  const first = above !== undefined && isGroupLine(above, headers) ? at - 1 : at;
  return { first, rows: last - first + 1 };
}

function isTranslation(headers: Row, below: Row): boolean {
  const [table] = likelyTables(headers);
  if (table === undefined || below.length !== headers.length) return false;
  const fields = (row: Row) =>
    new Map([...matchFields(table, row)].flatMap(([field, at]) => at.map((one) => [one, field] as const)));
  const [upper, lower] = [fields(headers), fields(below)];
  return (
    lower.size >= 2 &&
    lower.size >= filled(below) / 2 &&
    [...lower].every(([at, field]) => upper.get(at) === field)
  );
}

/** A line of groups is of use only where a header below it is empty or stands there twice. */
function isGroupLine(above: Row, headers: Row): boolean {
  if (above.length !== headers.length || filled(above) < 2) return false;
  if (above.some((cell) => /\d/.test(cell))) return false;
  const trimmed = headers.map((header) => header.trim());
  return trimmed.some(
    (header, at) => (header === '' && (above[at] ?? '').trim() !== '') || trimmed.indexOf(header) < at,
  );
}

/**
 * The headers of a table from its header records: the lowest that is filled; where two columns share it, with the group
 * above them in front. Without header records the columns are called by their number.
 */
export function headersOf(
  rows: readonly Row[],
  { first, rows: count }: HeaderPlace,
  width: number,
): string[] {
  const columns = Array.from({ length: width }, (_, at) => at);
  if (count === 0) return columns.map((at) => String(at + 1));
  const lines = rows.slice(first, first + count).map((row) => columns.map((at) => (row[at] ?? '').trim()));
  const lowest = columns.map((at) => lines.findLast((line) => line[at] !== '')?.[at] ?? '');
  const group = (lines[0] ?? []).reduce<string[]>((all, cell) => [...all, cell || (all.at(-1) ?? '')], []);
  return lowest.map((header, at) =>
    count > 1 && lowest.filter((other) => other === header).length > 1 && group[at] !== header
      ? `${group[at]} ${header}`.trim()
      : header,
  );
}

/**
 * The number of columns of a table: what its headers say, unless nearly all records have another number and only empty
 * cells make the difference.
 */
export function widthOf(rows: readonly Row[], { first, rows: count }: HeaderPlace): number {
  const records = rows.slice(first + count);
  const usual = usualWidth(records);
  const said =
    count === 0 ? usual : Math.max(...rows.slice(first, first + count).map((row) => row.length), 0);
  if (usual === said || records.length === 0) return said;
  const most = records.filter((row) => row.length === usual);
  if (most.length < records.length * 0.9) return said;
  const surplus = [...rows.slice(first, first + count), ...most].flatMap((row) =>
    row.slice(Math.min(usual, said)),
  );
  return surplus.every((cell) => cell.trim() === '') ? usual : said;
}
