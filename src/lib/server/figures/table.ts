import { effect, percent, count } from '#lib/ui/numbers.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { FigureAddress } from '#lib/ui/figure-link.ts';
import type { ColumnSpec } from '../reports/header.ts';
import type { AcrossSpec } from '../reports/opening.ts';
import type { ReportSpec } from '../reports/spec.ts';
import type { Row } from '../warehouse/values.ts';
import { codeWords, isShare, segmentWords } from './words.ts';
import type { Reader } from './words.ts';

type Cell = { text: string; href: string | null };

/** One column of a report for all segments at once: a line for each kind of row, a column for each segment. */
export type FigureTable = {
  segments: string[];
  lines: { name: string; cells: Cell[] }[];
  /** Each segment's sum, as the report gives it. */
  totals: string[];
};

const EMPTY: Cell = { text: '—', href: null };

/** How a report shows a column as a table, where the address names a column of all segments and no row of it. */
export function acrossOf(spec: ReportSpec, { column, params, key }: FigureAddress): AcrossSpec | null {
  if (params['by'] === undefined || Object.keys(key).length > 0) return null;
  return spec.opening.across.find((across) => across.column === column) ?? null;
}

/** The table of all segments, in the order of the report’s place of segments where it gives one. */
export function tableOf(
  reader: Reader,
  spec: ReportSpec,
  address: FigureAddress,
  { column, rows: kind, total }: AcrossSpec,
  rows: readonly Row[],
): FigureTable {
  const { locale } = reader;
  const write = writer(
    reader,
    spec.columns.find(({ name }) => name === column),
  );
  const bySegment = rows.toSorted(
    (a, b) => Number(a['segment_no'] ?? Infinity) - Number(b['segment_no'] ?? Infinity),
  );
  const segments = [...new Set(bySegment.map(({ segment }) => segment ?? null))];
  const kinds = [...new Set(rows.map((row) => row[kind] ?? null))].filter((value) => value !== null);
  const cellOf = (row: Row | undefined): Cell => {
    const value = row?.[column] ?? null;
    if (row === undefined || value === null) return EMPTY;
    const key = Object.fromEntries(spec.grain.map((name) => [name, keyOf(row, name)]));
    return { text: write(String(value)), href: figureLink(spec.name, column, address.params, key) };
  };
  return {
    segments: segments.map((value) => segmentWords(locale, value)),
    lines: kinds.map((value) => ({
      name: codeWords(locale, kind, value) ?? '',
      cells: segments.map((segment) =>
        cellOf(rows.find((row) => row[kind] === value && (row['segment'] ?? null) === segment)),
      ),
    })),
    totals: segments.map((segment) => {
      const row = rows.find((one) => (one['segment'] ?? null) === segment);
      return row?.[total] == null ? EMPTY.text : write(String(row[total]));
    }),
  };
}

function keyOf(row: Row, name: string): string | null {
  const value = row[name] ?? null;
  return value === null ? null : String(value);
}

/** Money as a change in whole units, so that five stores fit a telephone. */
function writer({ locale }: Reader, column: ColumnSpec | undefined): (text: string) => string {
  if (column?.type.startsWith('decimal')) return (text) => effect(locale, text);
  if (column && isShare(column)) return (text) => percent(locale, Number(text));
  return (text) => count(locale, Number(text));
}
