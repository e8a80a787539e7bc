import type { ColumnSpec } from '#lib/server/reports/header.ts';
import type { Row, Value } from '#lib/server/warehouse/values.ts';
import type { Case } from './case.ts';

const RELATIVE = 1e-9;
const ABSOLUTE = 1e-12;

/** Where rows differ from the expected ones in the columns that these name, in order; doubles within 1e-9 relative. */
export function differences(
  { columns, rows: expected }: Case['expected'],
  rows: readonly Row[],
  specs: readonly ColumnSpec[],
): string[] {
  const unknown = columns.filter((column) => !specs.some((spec) => spec.name === column));
  if (unknown.length > 0)
    return [`expected.csv names ${unknown.join(', ')}, which the report does not give.`];
  const count =
    expected.length === rows.length ? [] : [`${expected.length} rows expected, ${rows.length} came.`];
  const cells = expected.flatMap((line, at) =>
    columns.flatMap((column, place) => {
      const wanted = line[place] ?? null;
      const got = rows[at]?.[column] ?? null;
      const type = specs.find((spec) => spec.name === column)?.type ?? 'varchar';
      return sameText(wanted, got, type)
        ? []
        : [`row ${at + 1} ${column}: ${show(wanted)} expected, ${show(got)} came.`];
    }),
  );
  return [...count, ...cells];
}

/** Where the rows of two engines differ. */
export function rowDifferences(
  left: readonly Row[],
  right: readonly Row[],
  specs: readonly ColumnSpec[],
): string[] {
  const count = left.length === right.length ? [] : [`${left.length} rows and ${right.length} rows.`];
  const cells = left.flatMap((row, at) =>
    specs.flatMap(({ name }) => {
      const [a, b] = [row[name] ?? null, right[at]?.[name] ?? null];
      return sameValue(a, b) ? [] : [`row ${at + 1} ${name}: ${show(a)} and ${show(b)}.`];
    }),
  );
  return [...count, ...cells];
}

/** Values are equal, floating-point numbers within 1e-9 relative. */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return near(a, b);
  return JSON.stringify(a) === JSON.stringify(b);
}

function sameText(wanted: string | null, got: Value, type: string): boolean {
  if (wanted === null || got === null) return wanted === null && (got === null || got === '');
  if (type === 'double') return typeof got === 'number' && near(Number(wanted), got);
  if (type.startsWith('timestamp')) return String(got).replace('T', ' ') === wanted.replace('T', ' ');
  if (type.startsWith('decimal')) return Number(wanted) === Number(got);
  return String(got) === wanted;
}

function near(a: number, b: number): boolean {
  return (
    Object.is(a, b) || Math.abs(a - b) <= Math.max(ABSOLUTE, RELATIVE * Math.max(Math.abs(a), Math.abs(b)))
  );
}

function show(value: Value): string {
  return value === null ? 'nothing' : JSON.stringify(value);
}
