import { Refusal } from '#lib/errors/refusal.ts';
import { matchFields } from './known-headers.ts';
import { likelyTables } from './likely-tables.ts';
import type { Rule, Style } from './plan.ts';
import { isSellerOrStore } from './seller-or-store.ts';
import { fieldsOf, isTableName, tableNames } from './tables.ts';
import type { TableName } from './tables.ts';

/** How a file feeds one list: which column feeds which field, and what else was decided. Columns count from 0. */
export type Recognised = {
  table: TableName;
  columns: ReadonlyMap<string, number>;
  /** Columns that may be the saleswoman or the store; their values decide (see `seller-or-store.ts`). */
  undecided: readonly number[];
  /** Columns by which a field of money is multiplied. */
  factors: ReadonlyMap<string, number>;
  /** Texts taken where a field's column is missing or empty. */
  constants: ReadonlyMap<string, string>;
  /** Of a field: texts of the file and what they mean; an empty meaning is none. */
  values: ReadonlyMap<string, ReadonlyMap<string, string>>;
  styles: ReadonlyMap<string, Style>;
  /** Fields of money that are added up over the records of one key. */
  sum: readonly string[];
  /** Rules that a record must meet to count. */
  only: readonly Rule[];
  /**
   * Null where every record feeds the list. In a file of several lists: those records do in which one of `marks` is
   * filled, and where there are `others`, also those in which none of them is.
   */
  wide: { marks: readonly number[]; others: readonly number[] } | null;
  /** Columns that other lists of the same file use. */
  elsewhere: readonly number[];
};

/** A list that only has columns. */
export function plainList(
  table: TableName,
  columns: ReadonlyMap<string, number>,
  undecided: readonly number[],
): Recognised {
  return {
    table,
    columns,
    undecided,
    factors: new Map(),
    constants: new Map(),
    values: new Map(),
    styles: new Map(),
    sum: [],
    only: [],
    wide: null,
    elsewhere: [],
  };
}

/** What is known of a file's columns before its headers are looked at. */
export type Wish = {
  file: string;
  headers: readonly string[];
  /** Some of its records; none where nobody has looked at them. */
  sample?: readonly (readonly string[])[];
  /** Found by the headers where it is not said. */
  table?: string | undefined;
  /** Field → column; these fields are not looked for. */
  named?: Readonly<Record<string, number>>;
  /** Fields that need no column. */
  given?: readonly string[];
};

/**
 * Finds the table a file belongs to by its headers, by its name where they fit several, and the column of each field. Fields may be missing: see
 * `refuseMissing`. Throws Refusal unknown_table, repeated_header, no_known_column, ambiguous_table,
 * two_headers_one_field, unknown_field_in_map, unknown_column_in_map.
 */
export function recognise({
  file,
  headers,
  sample = [],
  table: asked,
  named = {},
  given = [],
}: Wish): Recognised {
  const table =
    asked === undefined
      ? tableOf(file, headers, sample, [...Object.keys(named), ...given])
      : tableNamed(asked);
  refuseUnknown(table, Object.keys(named));
  const matched = matchFields(table, headers, sample);
  const columns = new Map<string, number>();
  for (const field of fieldsOf(table)) {
    const own = named[field.name];
    const found = matched.get(field.name) ?? [];
    if (own !== undefined) columns.set(field.name, own);
    else if (found.length > 1) throw severalHeaders(file, field.name, headers, found);
    else if (found[0] !== undefined) columns.set(field.name, found[0]);
  }
  return plainList(table, columns, undecidedColumns(table, headers, new Set(Object.values(named))));
}

/** Throws Refusal unknown_field_in_map for names that are no fields of a table. */
export function refuseUnknown(table: TableName, names: readonly string[]): void {
  const fields = fieldsOf(table).map((field) => field.name);
  for (const field of names)
    if (!fields.includes(field))
      throw new Refusal('unknown_field_in_map', { field, table, fields: fields.join(', ') });
}

/** Puts a seller-or-store column where its values say it belongs. */
export function decide(
  recognised: Recognised,
  column: number,
  field: 'staff_id' | 'store',
  { file, headers }: Pick<Wish, 'file' | 'headers'>,
): Recognised {
  const taken = recognised.columns.get(field);
  if (taken !== undefined) throw severalHeaders(file, field, headers, [taken, column]);
  return {
    ...recognised,
    columns: new Map([...recognised.columns, [field, column]]),
    undecided: recognised.undecided.filter((other) => other !== column),
  };
}

/** The table of a name. Throws Refusal unknown_table. */
export function tableNamed(table: string): TableName {
  if (isTableName(table)) return table;
  throw new Refusal('unknown_table', { table, tables: tableNames.join(', ') });
}

function tableOf(
  file: string,
  headers: readonly string[],
  sample: NonNullable<Wish['sample']>,
  filled: readonly string[],
): TableName {
  const [best, ...tied] = likelyTables(headers, sample, filled);
  if (best === undefined) throw new Refusal('no_known_column', { file, columns: headers.join(', ') });
  if (tied.length === 0) return best;
  const [called, ...others] = [best, ...tied].filter((table) => isCalled(file, table));
  if (called !== undefined && others.length === 0) return called;
  throw new Refusal('ambiguous_table', { file, tables: [best, ...tied].join(', ') });
}

/** Whether a file bears a table's name, as `campaigns.csv` and `2026-campaigns (1).csv` do. */
const isCalled = (file: string, table: TableName): boolean =>
  file
    .toLowerCase()
    .split(/[^a-z_]+/)
    .includes(table);

function undecidedColumns(table: TableName, headers: readonly string[], used: ReadonlySet<number>): number[] {
  const fields = fieldsOf(table).map((field) => field.name);
  if (!fields.includes('staff_id') || !fields.includes('store')) return [];
  return headers.flatMap((header, at) => (isSellerOrStore(header) && !used.has(at) ? [at] : []));
}

function severalHeaders(
  file: string,
  field: string,
  headers: readonly string[],
  columns: readonly number[],
): Refusal {
  const names = columns.map((at) => headers[at] ?? '');
  const [first] = names;
  return names.every((name) => name === first) && first !== undefined
    ? new Refusal('repeated_header', { file, header: first })
    : new Refusal('two_headers_one_field', { file, field, headers: names.join(', ') });
}

/** Throws Refusal missing_required_column unless every required field has a column or a constant. */
export function refuseMissing(
  file: string,
  table: TableName,
  ...filled: readonly Pick<ReadonlyMap<string, unknown>, 'has'>[]
): void {
  const missing = fieldsOf(table).filter(
    (field) => field.required && !filled.some((fields) => fields.has(field.name)),
  );
  if (missing.length === 0) return;
  throw new Refusal('missing_required_column', {
    file,
    table,
    fields: missing.map((field) => field.name).join(', '),
  });
}
