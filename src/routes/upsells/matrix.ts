import type { LadderAttachRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, measure } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

/** How often two things go to the same order, beside chance. */
export type Cell = {
  /** The lift; null where too few. */
  lift: string | null;
  called: boolean;
  /** Above 1. */
  oftener: boolean;
  link: string;
};

/** One matrix: a row for each of `names`, a cell or nothing under each of `columns`. */
export type Matrix = { columns: string[]; rows: { name: string; cells: (Cell | null)[] }[] };

/** A pair that is more than noise, in words. */
export type Found = {
  value: string;
  item: string;
  both: string;
  expected: string;
  lift: string;
  interval: string;
  link: string;
};

export type AttachView = { items: Matrix; packages: Matrix; found: Found[] };

/** Two significant digits tell a lift from another; more would be noise. */
const DIGITS = 2;

/** What is bought together; `params` are those of ladder_attach. Server only. */
export function matrixView(
  locale: Locale,
  rows: readonly LadderAttachRow[],
  params: LinkParameters,
): AttachView {
  const open = ({ kind, value, item }: LadderAttachRow) =>
    figureLink('ladder_attach', 'both', params, { kind, value, item });
  const cells = new Map(
    rows.map((row): [string, Cell] => [
      keyOf(row),
      {
        lift: row.lift === null || row.verdict === 'too_few' ? null : measure(locale, row.lift, DIGITS),
        called: row.verdict === 'more_than_noise',
        oftener: (row.lift ?? 0) > 1,
        link: open(row),
      },
    ]),
  );
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const matrix = (kind: string, names: readonly string[], columns: readonly string[]): Matrix => ({
    columns: [...columns],
    rows: names.map((name) => ({
      name,
      cells: columns.map(
        (column) =>
          cells.get(
            kind === 'item'
              ? keyOf({ kind, value: column, item: name })
              : keyOf({ kind, value: name, item: column }),
          ) ?? null,
      ),
    })),
  });
  const pairs = of('item');
  const ofPackages = of('package');
  return {
    items: matrix('item', distinct(pairs, 'item'), distinct(pairs, 'value')),
    packages: matrix('package', distinct(ofPackages, 'value'), distinct(ofPackages, 'item')),
    found: rows
      .filter(({ verdict }) => verdict === 'more_than_noise')
      .map((row) => ({
        value: row.value,
        item: row.item,
        both: count(locale, row.both),
        expected: measure(locale, row.expected),
        lift: measure(locale, row.lift ?? 0, DIGITS),
        interval: `${measure(locale, row.lift_low ?? 0, DIGITS)}–${measure(locale, row.lift_high ?? 0, DIGITS)}`,
        link: open(row),
      })),
  };
}

function keyOf({ kind, value, item }: Pick<LadderAttachRow, 'kind' | 'value' | 'item'>): string {
  return JSON.stringify([kind, value, item]);
}

/** Values of a column by name, each once. */
function distinct(rows: readonly LadderAttachRow[], column: 'value' | 'item'): string[] {
  return [...new Set(rows.map((row) => row[column]))].toSorted();
}
