import { expect } from 'vitest';

type Row = object;

const isClose = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** What differs between two rows in the columns of the second; empty when they agree. */
function differences(actual: Row, expected: Row): string[] {
  return Object.entries(expected).flatMap(([column, wanted]: [string, unknown]) => {
    const found: unknown = (actual as Record<string, unknown>)[column];
    const same =
      typeof found === 'number' && typeof wanted === 'number' ? isClose(found, wanted) : found === wanted;
    return same ? [] : [`${column}: ${String(found)} instead of ${String(wanted)}`];
  });
}

/**
 * Expects the same rows, whatever their order, in the columns that the expected rows have. Rows are matched by
 * `key`; floats agree within 1e-9, everything else exactly.
 */
export function expectSameRows<A extends Row, E extends Row>(
  actual: A[],
  expected: E[],
  key: (row: A | E) => string,
): void {
  const found = new Map(actual.map((row) => [key(row), row]));
  const wanted = new Map(expected.map((row) => [key(row), row]));
  expect(found.size, 'rows have unique keys').toBe(actual.length);
  const complaints = [
    ...[...found.keys()].filter((name) => !wanted.has(name)).map((name) => `${name}: not expected`),
    ...[...wanted].flatMap(([name, row]) => {
      const match = found.get(name);
      return match ? differences(match, row).map((text) => `${name}: ${text}`) : [`${name}: missing`];
    }),
  ];
  expect(complaints).toEqual([]);
}
