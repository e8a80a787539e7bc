import { fieldsByValues } from './fields-by-values.ts';
import { matchFields } from './known-headers.ts';
import { likelyTables } from './likely-tables.ts';
import { isSellerOrStore, sellerOrStore } from './seller-or-store.ts';
import { fieldsOf } from './tables.ts';
import type { TableName } from './tables.ts';

/**
 * What a column of a file is taken for. `kept`: as an extra column; `ask`: the saleswoman or the store, and the values
 * do not tell which; `rival`: another column was taken for the same field.
 */
export type Proposed =
  | { kind: 'field'; field: string; by: 'header' | 'values' }
  | { kind: 'rival'; field: string }
  | { kind: 'ask' }
  | { kind: 'kept' };

/** The one table that the headers and the values of `sample` fit best; null when none fits or several do. */
export function proposeTable(
  headers: readonly string[],
  sample: readonly (readonly string[])[],
): TableName | null {
  const [best, ...tied] = likelyTables(headers, sample);
  return best === undefined || tied.length > 0 ? null : best;
}

/**
 * What each column of a file would be in a table: by its header, and by the values of `sample` where the header says nothing
 * or, as 门市, may mean two fields.
 */
export function proposeFields(
  table: TableName,
  headers: readonly string[],
  sample: readonly (readonly string[])[],
  stores: ReadonlySet<string>,
): Proposed[] {
  const proposed = headers.map((): Proposed => ({ kind: 'kept' }));
  const taken = new Set<string>();
  for (const [field, columns] of matchFields(table, headers, sample))
    for (const at of columns) {
      proposed[at] = taken.has(field) ? { kind: 'rival', field } : { kind: 'field', field, by: 'header' };
      taken.add(field);
    }
  headers.forEach((header, at) => {
    if (isOfBoth(table, header)) proposed[at] = decided(sample, at, stores, taken);
  });
  const free = headers.map((_, at) => at).filter((at) => proposed[at]?.kind === 'kept');
  const known = { stores, staff: new Set<string>() };
  for (const [field, at] of fieldsByValues(table, (name) => taken.has(name), { sample, free, known }))
    proposed[at] = { kind: 'field', field, by: 'values' };
  return proposed;
}

function isOfBoth(table: TableName, header: string): boolean {
  const fields = fieldsOf(table).map((field) => field.name);
  return isSellerOrStore(header) && fields.includes('staff_id') && fields.includes('store');
}

function decided(
  sample: readonly (readonly string[])[],
  at: number,
  stores: ReadonlySet<string>,
  taken: Set<string>,
): Proposed {
  const field = sellerOrStore(
    sample.map((row) => row[at] ?? ''),
    { stores, staff: new Set() },
  );
  if (field === null) return { kind: 'ask' };
  if (taken.has(field)) return { kind: 'rival', field };
  taken.add(field);
  return { kind: 'field', field, by: 'values' };
}
