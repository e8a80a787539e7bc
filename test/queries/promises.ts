import type { ColumnSpec } from '#lib/server/reports/header.ts';
import type { Row } from '#lib/server/warehouse/values.ts';

type Promised = { readonly grain: readonly string[]; readonly columns: readonly ColumnSpec[] };

/** What rows break of their header: a grain that is not unique, a `not null` column without a value. */
export function brokenPromises({ grain, columns }: Promised, rows: readonly Row[]): string[] {
  const keys = rows.map((row) => JSON.stringify(grain.map((name) => row[name] ?? null)));
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
  const empty = columns.filter(
    ({ name, notNull }) => notNull && rows.some((row) => (row[name] ?? null) === null),
  );
  return [
    ...twice.map((key) => `the grain (${grain.join(', ') || 'one row'}) comes twice: ${key}.`),
    ...empty.map(({ name }) => `${name} is not null in the header, but empty in a row.`),
  ];
}
