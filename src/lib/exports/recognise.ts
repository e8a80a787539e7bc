import { Refusal } from '#lib/errors/refusal.ts';
import { headerKey, headerKeyWithoutRemark } from './header-text.ts';
import type { Rule, Style } from './plan.ts';
import { isSellerOrStore } from './seller-or-store.ts';
import { fieldsOf, isTableName, keyOf, tableNames } from './tables.ts';
import type { Field, TableName } from './tables.ts';

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
  /** Found by the headers where it is not said. */
  table?: string | undefined;
  /** Field → column; these fields are not looked for. */
  named?: Readonly<Record<string, number>>;
  /** Fields that need no column. */
  given?: readonly string[];
};

const headerIndex = new Map(tableNames.map((table) => [table, indexOf(table)] as const));

/**
 * Finds the table a file belongs to by its headers, and the column of each field. Fields may be missing: see
 * `refuseMissing`. Throws Refusal unknown_table, repeated_header, no_known_column, ambiguous_table,
 * two_headers_one_field, unknown_field_in_map, unknown_column_in_map.
 */
export function recognise({ file, headers, table: asked, named = {}, given = [] }: Wish): Recognised {
  const table =
    asked === undefined ? tableOf(file, headers, [...Object.keys(named), ...given]) : tableNamed(asked);
  refuseUnknown(table, Object.keys(named));
  const matched = matchFields(table, headers);
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

/** How many of the headers some table knows; the header line is split well when this is large. */
export function knownHeaders(headers: readonly string[]): number {
  const everywhere = [...headerIndex.values()];
  return headers.filter((header) => everywhere.some((index) => fieldOf(index, header) !== undefined)).length;
}

/** Whether headers have all that a row of some table is known by. */
export function hasKey(headers: readonly string[]): boolean {
  return tableNames.some((table) => {
    const matched = matchFields(table, headers);
    return keyOf(table).every((field) => matched.has(field));
  });
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

function tableOf(file: string, headers: readonly string[], filled: readonly string[]): TableName {
  const [best, ...tied] = likelyTables(headers, filled);
  if (best === undefined) throw new Refusal('no_known_column', { file, columns: headers.join(', ') });
  if (tied.length > 0) throw new Refusal('ambiguous_table', { file, tables: [best, ...tied].join(', ') });
  return best;
}

/** The tables that the headers and fields filled otherwise fit best: one, several that fit equally well, or none. */
export function likelyTables(headers: readonly string[], filled: readonly string[] = []): TableName[] {
  const scores = tableNames
    .map((table) => scoreOf(table, headers, filled))
    .filter((score) => score.points > 0)
    .sort((a, b) => b.points - a.points || Number(b.complete) - Number(a.complete));
  const [best] = scores;
  return scores
    .filter((score) => score.points === best?.points && score.complete === best.complete)
    .map((score) => score.table);
}

/** A whole key tells most about a table, the other required fields more than the optional ones. */
const weight = (table: TableName, field: Field): number =>
  field.key ? 6 / keyOf(table).length : field.required ? 4 : 2;

function scoreOf(table: TableName, headers: readonly string[], filled: readonly string[]) {
  const matched = matchFields(table, headers);
  const found = fieldsOf(table).filter((field) => matched.has(field.name) || filled.includes(field.name));
  const complete = fieldsOf(table).every((field) => !field.required || found.includes(field));
  return { table, complete, points: found.reduce((sum, field) => sum + weight(table, field), 0) };
}

/** The columns whose headers name each field of a table. */
export function matchFields(table: TableName, headers: readonly string[]): Map<string, number[]> {
  const index = headerIndex.get(table) ?? new Map<string, string>();
  const matched = new Map<string, number[]>();
  headers.forEach((header, at) => {
    const field = fieldOf(index, header);
    if (field !== undefined) matched.set(field, [...(matched.get(field) ?? []), at]);
  });
  return matched;
}

function fieldOf(index: ReadonlyMap<string, string>, header: string): string | undefined {
  return index.get(headerKey(header)) ?? index.get(headerKeyWithoutRemark(header));
}

function indexOf(table: TableName): Map<string, string> {
  const index = new Map<string, string>();
  for (const field of fieldsOf(table)) {
    for (const header of [field.name, ...Object.values(field.synonyms).flat()]) {
      const key = headerKey(header);
      const other = index.get(key);
      if (other !== undefined && other !== field.name)
        throw new Error(`${table}: “${header}” names ${other} and ${field.name}`);
      index.set(key, field.name);
    }
  }
  return index;
}

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
